"""Desk phones that the paper keeps in the store."""
