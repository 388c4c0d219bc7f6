"""Fixtures of the speech tests."""

from tests.tts_asr.google import certificate, google

__all__ = ["certificate", "google"]
