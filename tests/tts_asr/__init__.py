"""Tests of speech engines and of the prompts that they fill."""
