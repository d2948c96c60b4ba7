"""Where rooms of the site are, for all who must know it before an address is looked up."""

ADMIN = "beheer/"
"""How addresses of the admin begin."""
