"""The step `voicemail`: a caller leaves a message."""
