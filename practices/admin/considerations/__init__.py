"""What a municipality considers, as its officials see it."""
