"""The search for practices: page, JSON, feed, table, map, completion, white spots."""
