"""The paper's own recordings: listened to, uploaded, recorded by phone."""
