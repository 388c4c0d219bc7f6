"""What was said on air: heard, corrected, cut, approved."""
