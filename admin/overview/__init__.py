"""What needs attention, and what goes on just now."""
