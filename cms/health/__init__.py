"""Is this site well? Asked by load balancers and operators at `/gezondheid/`."""
