"""The demo: the practices of the fact sheet of 2009, and accounts."""
