"""Experts' hours: planned, hosted, screened."""
