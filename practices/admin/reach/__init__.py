"""What the admin takes of the ids that a browser sends, and what it tells of those in a text."""
