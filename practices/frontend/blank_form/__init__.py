"""The questions of a practice on paper: a page, and a document to fill in."""
