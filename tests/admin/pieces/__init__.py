"""Tests of the review of pieces."""
