"""The way of a change from its transaction into every index, on which nothing is lost."""
