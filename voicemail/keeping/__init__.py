"""Messages on the disk: kept, discarded, and found again after a crash. All of it blocks."""

from voicemail.keeping.ending import discard, keep
from voicemail.keeping.salvage import salvage
from voicemail.keeping.sweep import sweep

__all__ = ["discard", "keep", "salvage", "sweep"]
