"""A practice to take along: as a PDF, and as a reference in three forms."""
