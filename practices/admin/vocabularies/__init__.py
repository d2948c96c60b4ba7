"""Ordering and merging terms."""
