"""Finds in Dutch text what points at one person or a very small group; pure, and in linear time.

Every finder reads the words of a text from left to right and looks a few words ahead, so that it
takes time in proportion to the text, whatever the text is.
"""

from practices.services.checks.people_in_text.find import Kind, Span, find

__all__ = ["Kind", "Span", "find"]
