"""The threats of docs/security.md, each tried."""
