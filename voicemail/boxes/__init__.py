"""Mailboxes on the store: the half of the port `Mailroom` that blocks, and their administration."""

from voicemail.boxes.doorway import door
from voicemail.boxes.forwarding import forward
from voicemail.boxes.greetings import set_away, set_greeting, set_greeting_text
from voicemail.boxes.handling import archive, delete, heard, mark_new, save, undelete
from voicemail.boxes.letters import counts, lamps, letters
from voicemail.boxes.lookup import find
from voicemail.boxes.signing_in import new_pin, set_pin, sign_in

__all__ = [
    "archive",
    "counts",
    "delete",
    "door",
    "find",
    "forward",
    "heard",
    "lamps",
    "letters",
    "mark_new",
    "new_pin",
    "save",
    "set_away",
    "set_greeting",
    "set_greeting_text",
    "set_pin",
    "sign_in",
    "undelete",
]
