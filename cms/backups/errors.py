"""What goes wrong with a backup, said to who ordered it."""


class BackupError(Exception):
    """A backup that could not be made, checked or put back; its text says what to do."""
