"""What callers, hosts and experts hear and key outside the hall itself."""
