"""Conditions in words: what in a text asks for a place, a size, years, or a value of a facet.

Nothing is chosen for a searcher: what is understood helps to order what comes near, and is offered
as a filter. `search.questions.near` weighs it.
"""
