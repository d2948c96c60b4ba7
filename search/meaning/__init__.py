"""What texts mean: vectors that a small model makes of them, kept in the database, and compared."""
