"""The demo: the tree of the site, the practices of the fact sheet of 2009, and accounts."""
