"""What a site lacks before people can work on it, each with its cure."""
