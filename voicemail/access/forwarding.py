"""Forwarding a message to another mailbox, with some words of one's own."""

from pathlib import Path

from voicemail.access.line import ASKED, BACK, Said
from voicemail.access.own_words import own_words
from voicemail.access.visit import Visit
from voicemail.access.words.actions import (
    COMMENT,
    CONFIRM_BOX,
    FORWARD_TO,
    FORWARDED,
    NO_SUCH_BOX,
    NOT_FORWARDED,
    SAME_BOX,
)
from voicemail.ports import Box, Letter

RIGHT, OTHER = "1", "2"
SPEAK_FIRST, AS_IT_IS = "1", "2"


def forward(visit: Visit, letter: Letter) -> None:
    """Raises `MailroomAway`, but not for the forwarding itself."""
    to = _recipient(visit)
    if to is None or not _forward(visit, letter, to):
        visit.say(NOT_FORWARDED)


def _recipient(visit: Visit) -> Box | None:
    hint: tuple[Said, ...] = ()
    for _ in range(ASKED):
        number = visit.entry(*hint, FORWARD_TO)
        if not number:
            return None
        box = visit.room.find(number)
        if box is None or box.id == visit.box.id:
            hint = (SAME_BOX if box else NO_SUCH_BOX,)
            continue
        hint = ()
        key = visit.choose((RIGHT, OTHER, BACK), visit.text(CONFIRM_BOX, title=_title(box)))
        if key != OTHER:
            return box if key == RIGHT else None
    return None


def _title(box: Box) -> str:
    return box.title or box.name


def _forward(visit: Visit, letter: Letter, to: Box) -> bool:
    key = visit.choose((SPEAK_FIRST, AS_IT_IS, BACK), COMMENT)
    comment: Path | None = own_words(visit) if key == SPEAK_FIRST else None
    if comment is None and key != AS_IT_IS:
        return False
    if visit.succeeds(lambda: visit.room.forward(visit.box, letter.id, to, comment)):
        visit.context.note("forwarded to", to.name)
        visit.say(FORWARDED)
    return True
