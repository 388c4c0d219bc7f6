"""Applications: what a dialplan or a program can have a session do."""
