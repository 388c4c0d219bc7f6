"""The inbox: messages are heard, read, corrected, passed on and answered in the browser."""
