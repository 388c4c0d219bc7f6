"""Live news: what happens in the box just now, told to every open page."""
