"""Answers to late questions: kept, called back with, and heard. Blocks.

The row tells which file is an answer: until it says so nothing is played to anybody.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lines.errors import AnswerGone
from lines.experts.late import Folders, place
from lines.experts.owing import Owing
from lines.experts.ports import Answer
from store.database import translated, writing
from store.fields import now as present
from store.models import LateAnswer, Recording
from store.models.expert import AnswerState
from store.recordings import checksum

SENT = (AnswerState.KEPT, AnswerState.HEARD)


@dataclass(frozen=True, slots=True)
class Taken:
    """A recording that the expert has sent."""

    id: str
    seconds: float
    by: str
    """The expert."""


@translated()
def keep(folder: Path, owing: Owing, source: Path, taken: Taken) -> None:
    """The recording `source` is the answer; its asker is to be called back.

    Brought to its place first: a crash before the row leaves the question open, and its next
    answer takes this one away. Raises `AnswerGone`, `OSError`.
    """
    row = LateAnswer.get_or_none(LateAnswer.id == taken.id)
    if row is None or row.state != AnswerState.RECORDING:
        raise AnswerGone(taken.id)
    target = folder / place(row)
    _bring(source, target)
    row.path, row.seconds = place(row).as_posix(), taken.seconds
    row.answered_by, row.state = taken.by[:64], AnswerState.KEPT
    digest = checksum(target)
    with writing():
        Recording.insert(path=row.path, seconds=row.seconds, sha256=digest).execute()
        row.save()
        owing.enter(row)


@translated()
def found(folders: Folders, answer: str) -> Sequence[Answer]:
    """That one, and what else the same call is to bring; none where they are gone."""
    asked = LateAnswer.get_or_none((LateAnswer.id == answer) & (LateAnswer.state << list(SENT)))
    if asked is None:
        return ()
    waits = LateAnswer.state == AnswerState.KEPT
    beside = waits & (LateAnswer.callback == asked.callback) & (LateAnswer.id != answer)
    others = LateAnswer.select().where(beside).order_by(LateAnswer.created_at)
    rows = [asked, *others] if asked.callback is not None else [asked]
    return [_answer(folders, row) for row in rows if (folders.recordings / row.path).is_file()]


@translated()
def heard(answer: str) -> None:
    """To its end, by who asked."""
    mine = (LateAnswer.id == answer) & (LateAnswer.state == AnswerState.KEPT)
    LateAnswer.update(state=AnswerState.HEARD, heard_at=present()).where(mine).execute()


def _answer(folders: Folders, row: LateAnswer) -> Answer:
    asked = row.message
    return Answer(
        id=row.id,
        path=folders.recordings / row.path,
        seconds=row.seconds,
        question=folders.voicemail / asked.path,
        question_seconds=asked.seconds if asked.path else 0.0,
    )


def _bring(source: Path, target: Path) -> None:
    with source.open("rb") as file:
        os.fsync(file.fileno())
    target.parent.mkdir(parents=True, exist_ok=True)
    os.rename(source, target)
    for folder in (target.parent, source.parent):
        _sync(folder)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
