"""What the API answers at each address; their docstrings are for maintainers only."""
