"""Django's PostgreSQL, which no request waits for longer than agreed; an ENGINE of DATABASES."""
