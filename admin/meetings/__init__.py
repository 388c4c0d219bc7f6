"""Meetings: conferences at a time, and who is asked to them."""
