"""Calls that are owed to somebody: asked for, tried at the right hours, found again."""
