"""The one refusal of files."""


class UnfitFileError(Exception):
    """The file can't be kept; the text says in the language of the site what to do."""
