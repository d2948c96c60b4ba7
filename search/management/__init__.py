"""The commands on an index: its state, a check, a rebuild, deliveries, the worker."""
