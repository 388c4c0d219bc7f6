"""Tests of the test phone."""
