"""Listening to a mailbox by phone."""
