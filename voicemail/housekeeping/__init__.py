"""Keeps the voicemail folder in order: retention, room on the disk, the ledger, exports."""

from voicemail.housekeeping.disk import room, space
from voicemail.housekeeping.exporting import export
from voicemail.housekeeping.reckoning import ledger
from voicemail.housekeeping.tidying import tidy

__all__ = ["export", "ledger", "room", "space", "tidy"]
