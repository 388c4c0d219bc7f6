"""Audio: frames, sources, recorders, the tick that moves them."""
