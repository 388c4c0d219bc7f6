"""Messages on the disk: kept, discarded, and found again after a crash. All of it blocks."""

from voicemail.keeping.ending import discard, keep
from voicemail.keeping.salvaging import salvage
from voicemail.keeping.sweeping import sweep

__all__ = ["discard", "keep", "salvage", "sweep"]
