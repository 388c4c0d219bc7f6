"""The commands of `api` and `bgapi`."""
