"""Lessons as things of their own: searched over all practices, with an address and opposites."""
