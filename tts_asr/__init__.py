"""Speech engines, the cache of prompts, audio files."""
