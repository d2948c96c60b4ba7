"""A search to take along: the same practices as a table (CSV) and as a feed (Atom)."""
