"""The callbox's department for people on the line: rooms, expert lines, outgoing calls."""
