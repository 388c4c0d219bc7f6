"""The box's own memory: flows, routes, queries, calls and recordings."""
