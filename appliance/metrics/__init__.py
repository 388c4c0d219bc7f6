"""Figures for Prometheus: counted by each process, given out by the panel at `/metrics`."""
