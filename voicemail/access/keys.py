"""What each key does while a message is heard, and after it (docs/voicemail.md)."""

from collections.abc import Callable, Mapping
from typing import Final

from ivr_flows.languages import WRONG_KEY
from voicemail.access.calling_back import call_back
from voicemail.access.forwarding import forward
from voicemail.access.introduction import envelope
from voicemail.access.playing import NEXT_KEY, Move, Playing
from voicemail.access.visit import Visit
from voicemail.access.words.listening import DELETED, PAUSED, SAVED, UNDELETED
from voicemail.access.words.menus import HELP, MORE
from voicemail.ports import Letter

SKIP_SECONDS = 5.0
TWICE_SECONDS = 1.0
"""Two keys within this time are one gesture."""
PAUSE_SECONDS = 120.0
"""Then it goes on by itself: a phone left off the hook does not hold a line for ever."""
PAUSE_KEY = "2"


def press(playing: Playing, key: str) -> Move:
    """Do what `key` stands for."""
    return KEYS.get(key, _unknown)(playing)


def _unknown(playing: Playing) -> Move:
    playing.visit.say(WRONG_KEY)
    return Move.STAY


def _back(playing: Playing) -> Move:
    """Five seconds; to the beginning when pressed twice, or after the end."""
    context = playing.visit.context
    twice = playing.back_at and context.seconds_since(playing.back_at) < TWICE_SECONDS
    to = 0.0 if twice or playing.ended else playing.position - SKIP_SECONDS
    playing.position, playing.ended, playing.back_at = max(0.0, to), False, context.now()
    return Move.STAY


def _pause(playing: Playing) -> Move:
    if playing.ended:
        return _back(playing)
    key = playing.visit.key(PAUSED, seconds=PAUSE_SECONDS)
    playing.pending = key if key != PAUSE_KEY else ""
    return Move.STAY


def _ahead(playing: Playing) -> Move:
    playing.position += SKIP_SECONDS
    playing.ended = playing.ended or 0 < playing.letter.seconds <= playing.position
    return Move.STAY


def _to_the_end(playing: Playing) -> Move:
    if playing.ended:
        return Move.NEXT
    playing.ended = True
    return Move.STAY


def _envelope(playing: Playing) -> Move:
    playing.visit.say(*envelope(playing.visit, playing.letter))
    return Move.STAY


def _help(playing: Playing) -> Move:
    playing.visit.say(HELP)
    return Move.STAY


def _delete(playing: Playing) -> Move:
    """Delete it, or have it back; it stays, so that a key pressed twice harms nothing."""
    visit, letter = playing.visit, playing.letter
    if letter.id in visit.deleted:
        _undelete(visit, letter)
    elif visit.succeeds(lambda: visit.room.delete(visit.box, letter.id)):
        visit.deleted[letter.id] = letter
        visit.say(DELETED)
    playing.ended = True
    return Move.STAY


def _undelete(visit: Visit, letter: Letter) -> bool:
    if not visit.succeeds(lambda: visit.room.undelete(visit.box, letter.id)):
        return False
    del visit.deleted[letter.id]
    visit.say(UNDELETED)
    return True


def _save(playing: Playing) -> Move:
    visit, letter = playing.visit, playing.letter
    kept = letter.id not in visit.deleted or _undelete(visit, letter)
    if not kept or not visit.succeeds(lambda: visit.room.save(visit.box, letter.id)):
        return Move.STAY
    visit.saved.add(letter.id)
    visit.say(SAVED)
    return Move.NEXT


def _more(playing: Playing) -> Move:
    key = playing.visit.choose((*MORE_KEYS, "*"), MORE)
    if key in MORE_KEYS:
        MORE_KEYS[key](playing.visit, playing.letter)
    return Move.STAY


MORE_KEYS: Final[Mapping[str, Callable[[Visit, Letter], None]]] = {"1": forward, "2": call_back}
KEYS: Final[Mapping[str, Callable[[Playing], Move]]] = {
    "1": _back,
    PAUSE_KEY: _pause,
    "3": _ahead,
    "4": lambda playing: Move.PREVIOUS,
    "5": _envelope,
    NEXT_KEY: lambda playing: Move.NEXT,
    "7": _delete,
    "8": _save,
    "9": _help,
    "0": _more,
    "*": lambda playing: Move.AWAY,
    "#": _to_the_end,
}
