"""Flows in the browser."""
