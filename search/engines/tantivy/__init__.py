"""The embedded engine, within the process that asks it."""
