"""Is this site ready? What the plugin asks, and what this way of running it needs besides."""
