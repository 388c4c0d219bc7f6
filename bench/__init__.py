"""Measures Pressline beside a baseline in the same run: `python -m bench [name…]`."""
