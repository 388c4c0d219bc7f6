"""Signing in: the password, then whatever else the user's role asks for."""
