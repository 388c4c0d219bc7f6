"""Flows tried out on a page: a key pad, what a caller hears, and what the flow does."""
