"""A ready dashboard for Grafana, and what Prometheus needs beside it (docs/watching.md)."""
