"""The tables of the outbox, of deliveries and of timed jobs."""
