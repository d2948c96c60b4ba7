"""A language that nobody speaks: every text in brackets and longer, so that one without is seen.

`catalogue` makes its `.mo` as a translator would, from ours; `reading` finds what stands outside
of the brackets; `settings` runs the site with it.
"""

CODE = "qaa"
"""Reserved for use among ourselves (ISO 639-2)."""
OPENS, CLOSES = "⟦", "⟧"
