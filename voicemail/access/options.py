"""Greetings, the PIN, and whether the owner is away."""

from collections.abc import Callable, Mapping
from typing import Final

from voicemail.access.line import BACK
from voicemail.access.new_pin import new_pin
from voicemail.access.own_words import own_words
from voicemail.access.visit import Visit
from voicemail.access.words.actions import AWAY_OFF, AWAY_ON, GREETING_KEPT, UNCHANGED
from voicemail.access.words.menus import GREETINGS, OPTIONS, SWITCH_AWAY

KINDS: Final = {"1": "standard", "2": "busy", "3": "away", "4": "closed"}
ON, OFF = "1", "2"


def options(visit: Visit) -> None:
    """Until the person on the line goes back. Raises `MailroomAway`."""
    while (key := visit.choose((*ROOMS, BACK), OPTIONS)) in ROOMS:
        ROOMS[key](visit)


def _greeting(visit: Visit) -> None:
    kind = KINDS.get(visit.choose((*KINDS, BACK), GREETINGS))
    recording = own_words(visit) if kind else None
    if kind is None or recording is None:
        visit.say(UNCHANGED)
    elif visit.succeeds(lambda: visit.room.set_greeting(visit.box, kind, recording)):
        visit.context.note("greeting", kind)
        visit.say(GREETING_KEPT)


def _away(visit: Visit) -> None:
    key = visit.choose((ON, OFF, BACK), SWITCH_AWAY)
    if key not in (ON, OFF):
        visit.say(UNCHANGED)
    elif visit.succeeds(lambda: visit.room.set_away(visit.box, key == ON)):
        visit.context.note("away", key == ON)
        visit.say(AWAY_ON if key == ON else AWAY_OFF)


ROOMS: Final[Mapping[str, Callable[[Visit], None]]] = {"1": _greeting, "2": new_pin, "3": _away}
