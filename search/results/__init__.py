"""What a search finds, and what a page or a program shows of it."""
