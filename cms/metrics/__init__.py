"""Measurements for Prometheus, at `/intern/metrics`; `docs/monitoring.md` explains each."""
