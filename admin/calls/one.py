"""All that is known of one call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort

from admin.access.current import may
from admin.access.roles import Permission
from admin.errors import PanelError
from admin.inbox.access import SHOWN, sight
from admin.panel import the_panel
from store.fields import clean
from store.models import Call, Callback, DialAttempt, Message, Recording
from store.models.call import OPEN

from .recordings import file_of
from .trace import Step, of_ended, of_live

MOST = 100
"""Of each kind of thing that hangs on a call."""


@dataclass(frozen=True, slots=True)
class Heard:
    recording: Recording
    is_there: bool


@dataclass(frozen=True, slots=True)
class Left:
    message: Message
    is_mine: bool
    """Whether whoever looks may open it."""


@dataclass(frozen=True, slots=True)
class OneCall:
    call: Call
    steps: Sequence[Step]
    live: Mapping[str, Any] | None
    """What the callbox tells of it now."""
    recordings: Sequence[Heard]
    messages: Sequence[Left]
    attempts: Sequence[DialAttempt]
    callbacks: Sequence[Callback]


def call_of(id: str) -> Call:
    """404 when there is none."""
    found: Call | None = Call.get_or_none(Call.uuid == clean(id, 64))
    return found or abort(404)


def read_one(call: Call) -> OneCall:
    live = _live(call)
    return OneCall(
        call,
        of_live(call, live) if live else of_ended(call),
        live,
        _recordings(call),
        _messages(call),
        list(DialAttempt.select().where(DialAttempt.call == call.uuid).limit(MOST)),
        list(Callback.select().where(Callback.call == call.uuid).limit(MOST)),
    )


def steps_now(call: Call) -> tuple[Sequence[Step], Mapping[str, Any] | None]:
    live = _live(call)
    return (of_live(call, live) if live else of_ended(call)), live


def _live(call: Call) -> Mapping[str, Any] | None:
    """None when it is over, or the callbox does not answer: then the store's words stand."""
    if call.state != OPEN:
        return None
    try:
        found: Mapping[str, Any] | None = the_panel().ask("calls.trace", call=call.uuid)
    except PanelError:
        return None
    return found


def _recordings(call: Call) -> Sequence[Heard]:
    if not may(Permission.HEAR_RECORDINGS):
        return []
    query = Recording.select().where(Recording.call == call.uuid)
    rows = query.order_by(Recording.created_at, Recording.path).limit(MOST)
    return [Heard(row, file_of(row) is not None) for row in rows]


def _messages(call: Call) -> Sequence[Left]:
    rows = Message.select().where(Message.call == call.uuid, Message.state.in_(SHOWN))
    seen = sight()
    return [Left(row, row.mailbox_id in seen) for row in rows.limit(MOST)]
