"""Flows in the browser: list, editor, versions, publishing."""
