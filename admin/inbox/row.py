"""A message as a line of the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from store.models import Message, MessageAssignment, PanelUser, Transcript

from .excerpts import LENGTH, LOOKED_AT, Part, excerpt, noted, texts


@dataclass(frozen=True, slots=True)
class Row:
    message: Message
    parts: Sequence[Part]
    transcript: str
    """The state of its transcript; empty: it has none."""
    assigned_to: str
    notes: int


def rows_of(messages: Sequence[Message], sought: Sequence[str]) -> Sequence[Row]:
    ids = [message.id for message in messages]
    said = texts(ids, LOOKED_AT if sought else LENGTH + 1)
    states, people, notes = _transcripts(ids), _assigned(ids), noted(ids)
    return [
        Row(
            message,
            excerpt(said.get(message.id, ""), sought),
            states.get(message.id, ""),
            people.get(message.id, ""),
            notes.get(message.id, 0),
        )
        for message in messages
    ]


def _transcripts(ids: Sequence[str]) -> Mapping[str, str]:
    rows: Any = Transcript.select(Transcript.message, Transcript.state)
    return dict(rows.where(Transcript.message.in_(ids)).tuples())


def _assigned(ids: Sequence[str]) -> Mapping[str, str]:
    rows: Any = (
        MessageAssignment.select(MessageAssignment.message, PanelUser.title, PanelUser.name)
        .join(PanelUser)
        .where(MessageAssignment.message.in_(ids))
    )
    return {message: title or name for message, title, name in rows.tuples()}
