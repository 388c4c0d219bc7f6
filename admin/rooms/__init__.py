"""Conference rooms and meetings: planned, watched, steered."""
