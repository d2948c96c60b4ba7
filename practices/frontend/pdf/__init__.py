"""A practice as a PDF."""
