"""Tests of words for values, and of sentences."""
