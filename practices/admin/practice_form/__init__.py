"""The form of a practice: panels, rows, submission, and the checks beside it."""
