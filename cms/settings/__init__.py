"""Settings: `base` is safe alone, `production` refuses to start half-configured."""
