"""Municipalities that merge: prepare, preview, carry out, undo."""
