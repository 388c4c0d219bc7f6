"""The Event Socket: programs that watch and steer calls."""
