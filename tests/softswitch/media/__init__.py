"""Tests of the audio on its way in and out."""
