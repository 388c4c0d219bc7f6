"""Calls: found, listed, one by one, and taken away as a table."""
