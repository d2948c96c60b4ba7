"""Who did what: recorded where it happens, chained so that a change shows, forgotten in time."""
