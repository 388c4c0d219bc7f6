"""The expert line: an hour in which callers ask one expert, and others listen in."""
