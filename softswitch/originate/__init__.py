"""Calls of ours: dial strings and the legs that they become."""
