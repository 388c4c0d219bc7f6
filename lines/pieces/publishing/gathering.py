"""Reads what is approved from the store; no caller's name or number goes further than here."""

import hashlib
import re
from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Any

import peewee

from lines.pieces.publishing.story import Line, Session, Story
from lines.pieces.wording import end_of, words_of
from store.database import translated, writing
from store.fields import now
from store.models import ExpertLine, ExpertSession, Person, Piece
from store.models.expert import PieceState, Review

SLUG = re.compile(r"(?!line-\d+$)[a-z0-9][a-z0-9-]{0,63}", re.ASCII)
UNPRINTED = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (production 2, Char) has no place for."""


@translated()
def mark_published() -> None:
    """What is published for the first time gets its date. Raises `StoreAway`."""
    with writing():
        fresh = _approved() & Piece.published_at.is_null()
        Piece.update(published_at=now()).where(fresh).execute()


@translated()
def fingerprint() -> str:
    """Another when anything has changed that readers see. Raises `StoreAway`."""
    columns = (
        Piece.id, Piece.changed_at, ExpertSession.topic, ExpertSession.starts_at, Person.title,
        ExpertLine.name, ExpertLine.title, ExpertLine.language,
    )  # fmt: skip
    rows = _rows(*columns).where(_approved()).order_by(Piece.id).tuples()
    lines = ExpertLine.select(ExpertLine.name, ExpertLine.title, ExpertLine.language)
    found = [*rows, *lines.order_by(ExpertLine.id).tuples()]
    return hashlib.sha256(repr(found).encode("utf-8", "replace")).hexdigest()


@translated()
def gather(zone: tzinfo) -> list[Line]:
    """All lines with what is approved of them. Raises `StoreAway`."""
    rows = _rows(Piece, ExpertSession, Person).where(_approved())
    sessions: dict[int, list[Piece]] = {}
    for row in rows.order_by(ExpertSession.starts_at.desc(), Piece.begun_at, Piece.id):
        sessions.setdefault(row.session_id, []).append(row)
    told = [(rows[0].session.line_id, _session(rows, zone)) for rows in sessions.values()]
    return [
        Line(
            _slug(line),
            _clean(line.title or line.name),
            line.language,
            tuple(session for of, session in told if of == line.id),
        )
        for line in ExpertLine.select().order_by(ExpertLine.id)
    ]


def _approved() -> Any:
    return (Piece.review == Review.APPROVED) & (Piece.state == PieceState.KEPT)


def _rows(*columns: Any) -> Any:
    joined = Piece.select(*columns).join(ExpertSession)
    joined = joined.join(Person, peewee.JOIN.LEFT_OUTER, on=ExpertSession.expert)
    return joined.switch(ExpertSession).join(ExpertLine)


def _session(rows: Sequence[Piece], zone: tzinfo) -> Session:
    session = rows[0].session
    expert = session.expert.title or session.expert.name if session.expert else ""
    day = session.starts_at.astimezone(zone).date()
    stories = tuple(_story(row, session.topic, zone) for row in rows)
    return Session(_clean(session.topic), _clean(expert), day, stories)


def _story(row: Piece, topic: str, zone: tzinfo) -> Story:
    start, end = float(row.cut_start), end_of(row)
    version = hashlib.sha256(f"{row.sha256} {start} {end}".encode()).hexdigest()[:8]
    return Story(
        id=row.id,
        title=_clean(row.title or topic),
        text=_clean(words_of(row)),
        language=row.language,
        day=row.begun_at.astimezone(zone).date(),
        published_at=row.published_at,
        changed_at=row.changed_at,
        recording=Path(row.path),
        start=start,
        end=end,
        version=version,
    )


def _slug(line: ExpertLine) -> str:
    return line.name if SLUG.fullmatch(line.name) else f"line-{line.id}"


def _clean(text: str) -> str:
    return UNPRINTED.sub("", text)
