"""Telling people of a message, by mail or webhook: an outbox in the store, and what empties it."""
