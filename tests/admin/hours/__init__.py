"""Tests of the pages of experts' hours."""
