"""Fictional practices, for load and tests: a pure generator and a writer in bulk.

`world` is what the generator may choose from, `generate` turns a seed into practices, `write` puts
them into the database and `remove` takes them away.
"""
