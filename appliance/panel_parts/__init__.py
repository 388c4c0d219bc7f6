"""What the panel's ports are filled with in the panel process."""
