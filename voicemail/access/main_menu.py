"""The first choices: which messages, or options."""

from collections.abc import Callable, Mapping
from typing import Final

from voicemail.access.hearing import hear_deleted, hear_new, hear_saved
from voicemail.access.line import BACK, Said
from voicemail.access.options import options
from voicemail.access.visit import Visit
from voicemail.access.words.counting import spoken_counts
from voicemail.access.words.menus import MAIN, MAIN_DELETED
from voicemail.access.words.signing import GOODBYE

ROOMS: Final[Mapping[str, Callable[[Visit], None]]] = {
    "1": hear_new,
    "2": hear_saved,
    "3": hear_deleted,
    "5": options,
}
REPEAT = "9"
END = "#"
KEYS: Final = (*ROOMS, REPEAT, BACK, END)


def main_menu(visit: Visit) -> None:
    """Until the person on the line has done. Raises `MailroomAway`."""
    told = _counts(visit)
    while True:
        key = visit.choose(KEYS, told, *_choices(visit))
        if key in ("", END):
            visit.say(GOODBYE)
            return
        told = _counts(visit) if key == REPEAT else ""
        if key in ROOMS:
            ROOMS[key](visit)


def _counts(visit: Visit) -> str:
    return spoken_counts(visit.room.counts(visit.box), visit.language)


def _choices(visit: Visit) -> tuple[Said, ...]:
    return (MAIN_DELETED, MAIN) if visit.deleted else (MAIN,)
