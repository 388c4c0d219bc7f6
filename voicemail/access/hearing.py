"""From message to message, forth and back."""

from typing import Protocol

from ivr_flows.sentences import Words
from voicemail.access.introduction import introduce
from voicemail.access.keys import press
from voicemail.access.pile import Bin, Pile
from voicemail.access.playing import Move, Playing
from voicemail.access.visit import Visit
from voicemail.access.words.amounts import counted
from voicemail.access.words.listening import (
    FIRST,
    LAST,
    MORE_CAME,
    NO_DELETED,
    NO_NEW,
    NO_SAVED,
    ONE_MORE,
)
from voicemail.ports import Folder, Letter


class Letters(Protocol):
    """Messages in a row."""

    def at(self, place: int) -> Letter | None: ...
    def newcomers(self) -> int: ...


def hear_new(visit: Visit) -> None:
    _hear(visit, Pile(visit, Folder.NEW), NO_NEW)


def hear_saved(visit: Visit) -> None:
    _hear(visit, Pile(visit, Folder.SAVED), NO_SAVED)


def hear_deleted(visit: Visit) -> None:
    _hear(visit, Bin(list(visit.deleted.values())), NO_DELETED)


def _hear(visit: Visit, letters: Letters, none: Words) -> None:
    if letters.at(0) is None:
        visit.say(none)
        return
    place = 0
    while letter := letters.at(place) or _newcomer(visit, letters, place):
        move = _one(visit, letter, place)
        if move is Move.AWAY:
            return
        place += 1 if move is Move.NEXT else -1
        if place < 0:
            visit.say(FIRST)
            place = 0


def _one(visit: Visit, letter: Letter, place: int) -> Move:
    introduce(visit, letter, place + 1)
    playing = Playing(visit, letter)
    while True:
        move = press(playing, playing.key())
        if move is not Move.STAY:
            return move


def _newcomer(visit: Visit, letters: Letters, place: int) -> Letter | None:
    """What has come in while the others were heard."""
    number = letters.newcomers()
    letter = letters.at(place)
    if letter is None:
        visit.say(LAST)
    elif number == 1:
        visit.say(LAST, ONE_MORE)
    else:
        visit.say(LAST, visit.text(MORE_CAME, number=counted(number, visit.language)))
    return letter
