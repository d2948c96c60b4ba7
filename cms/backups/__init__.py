"""Backups: the database and the uploads of one moment, with checksums; and putting them back."""
