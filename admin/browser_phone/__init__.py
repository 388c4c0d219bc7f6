"""The phone in the panel: a call from the page itself, by whoever has no phone at hand."""
