"""What runs beside the requests: a server's start, the worker, timed jobs."""
