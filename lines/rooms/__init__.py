"""Conference rooms: who is in them and what happens there."""

from lines.rooms.room import HANDS, Room
from lines.rooms.state import Rooms

__all__ = ["HANDS", "Room", "Rooms"]
