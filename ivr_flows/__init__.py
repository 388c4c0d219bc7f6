"""The flow language: loaded from YAML, checked, run on a call, simulated without one."""
