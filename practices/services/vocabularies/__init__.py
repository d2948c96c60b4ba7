"""Keeping the vocabularies: merging and ordering terms, and where old values lead."""
