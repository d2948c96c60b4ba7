"""Measures what a search finds for how people ask, on a test collection: `make search-quality`.

`__main__` makes a site for each engine with the practices of `data/`; there the queries are
`asked`, of `/praktijken.json` and of a plain ranking (`baseline`), and judged by `measures`.
"""
