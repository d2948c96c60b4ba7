"""The login backend of the plugin: name it in AUTHENTICATION_BACKENDS; the address stays."""

from practices.admin.login import EmailBackend

__all__ = ["EmailBackend"]
