"""Which municipalities are alike, and why: a measure, its sentences, a facet and a page."""
