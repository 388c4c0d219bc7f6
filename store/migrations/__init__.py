"""Numbered migrations; each is frozen and independent of today's models."""
