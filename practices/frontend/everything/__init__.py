"""The whole site in one search: `/zoek/`."""
