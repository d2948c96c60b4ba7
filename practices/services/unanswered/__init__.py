"""Searches of visitors that found nothing: counted without who asked, kept for a while."""
