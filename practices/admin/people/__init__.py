"""Inviting officials and editors, and ending their access."""
