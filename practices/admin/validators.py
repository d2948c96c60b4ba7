"""What a password must be, said in Dutch: Django has no translation of its newest text."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Django's own validator with a text of ours."""

    def get_error_message(self) -> str:
        return _("This password is too short. Use at least %(number)d characters.") % {
            "number": self.min_length
        }

    def get_help_text(self) -> str:
        return _("Use at least %(number)d characters.") % {"number": self.min_length}
