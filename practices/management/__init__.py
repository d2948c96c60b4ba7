"""The commands of the plugin: `manage.py reference`, `review_due`."""
