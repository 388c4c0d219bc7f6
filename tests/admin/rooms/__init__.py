"""Tests of the pages of conference rooms and meetings."""
