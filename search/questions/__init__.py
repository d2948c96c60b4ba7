"""What is asked: text, facets, the one value that a search is; how Dutch words are understood."""
