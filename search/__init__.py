"""Faceted search over documents of any kind; knows nothing of practices or Wagtail."""
