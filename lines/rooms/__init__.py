"""Conference rooms: who is in them and what happens there."""
