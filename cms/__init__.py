"""WegWijzer: the ready-made site around the practices plugin."""
