"""Finds the messages that a crash cut off.

Everything here can be done again and again, from any process: a message goes to a place that its
row alone decides, and the store takes its end once.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from store.database import translated
from store.jobs import MessageBegun, MessageDiscarded, MessageKept
from store.models import Message
from store.models.message import MessageState
from tts_asr.sound_facts import facts
from voicemail.errors import MessageNotKept
from voicemail.keeping.adopting import adopt
from voicemail.keeping.ending import discard
from voicemail.keeping.placing import kept, place
from voicemail.keeping.spool import Line, LineOf, take_in_spool
from voicemail.keeping.sweeping import states, sweep
from voicemail.places import dated_path, takes

log = structlog.get_logger()

SALVAGED = "salvaged"
ENOUGH = 2.0
"""Seconds of speech from which on a message is kept when the caller hangs up."""
AT_ONCE = 200
"""Messages found in one go; the rest are found in the next."""
NOBODYS_AFTER = timedelta(hours=1)
"""A recording without a row may belong to a call whose row still waits in the journal."""

Ended = MessageKept | MessageDiscarded


def salvage(
    folder: Path,
    spool: Path,
    is_alive: Callable[[str], bool],
    before: datetime,
    box: str,
    line_of: LineOf | None = None,
) -> list[Ended]:
    """The ends of messages that nobody speaks into any more, for the store.

    `before` is a moment from which on the living calls were looked up; `box` gets what has no
    box of its own, unless `line_of` knows whose the number was. `folder` is the voicemail folder.
    Raises `StoreAway`.
    """
    adopt(box)
    found = [
        *_of_rows(folder, is_alive, before),
        *_of_nobody(folder, before, box),
        *take_in_spool(folder, spool, is_alive, before, line_of or (lambda *_: Line(box))),
    ]
    sweep(folder, spool)
    return found


def _of_rows(folder: Path, is_alive: Callable[[str], bool], before: datetime) -> Iterator[Ended]:
    recorded = takes(folder)
    for row in _cut_off(before):
        if not is_alive(row.call):
            yield from _tried(folder, _begun(row), recorded.get(row.id, []))


@translated()
def _cut_off(before: datetime) -> Sequence[Message]:
    cut_off = (Message.state == MessageState.RECORDING) & (Message.started_at < before)
    return list(Message.select().where(cut_off).order_by(Message.started_at).limit(AT_ONCE))


def _of_nobody(folder: Path, before: datetime, box: str) -> Iterator[Ended]:
    """Recordings whose row was never stored, not even in the journal."""
    recorded = takes(folder)
    known = states(recorded)
    for message in recorded.keys() - known.keys():
        times = [_made(path) for path in recorded[message]]
        if max(times) < before - NOBODYS_AFTER:
            begun = MessageBegun(message, box, call="", started_at=min(times))
            yield from _tried(folder, begun, recorded[message])


def _tried(folder: Path, begun: MessageBegun, recorded: Sequence[Path]) -> Iterator[Ended]:
    """One message that cannot be brought to its place does not hold up the others."""
    try:
        yield _end(folder, begun, recorded)
    except (MessageNotKept, OSError) as error:
        log.error("a message that was cut off waits", message=begun.id, reason=str(error))


def _end(folder: Path, begun: MessageBegun, recorded: Sequence[Path]) -> Ended:
    if (folder / dated_path(begun.id, begun.started_at)).exists():
        return kept(folder, begun, SALVAGED)
    if not recorded:
        return discard(folder, begun, "cut off before anything was recorded")
    best = best_take(recorded)
    if best is None:
        return discard(folder, begun, "cut off before anything was said")
    return place(folder, begun, best, SALVAGED, None)


def best_take(recorded: Sequence[Path]) -> Path | None:
    """The newest take with enough speech in it, or else the longest with any at all.

    A file that cannot be read as sound counts as silent; it is set aside, not removed.
    """
    said = [(path, facts(path)) for path in recorded]
    for path, fact in reversed(said):
        if fact.spoken_seconds >= ENOUGH:
            return path
    spoken = [(fact.seconds, path) for path, fact in said if fact.spoken_seconds > 0]
    return max(spoken)[1] if spoken and max(spoken)[0] >= ENOUGH else None


def _begun(row: Message) -> MessageBegun:
    return MessageBegun(
        id=row.id,
        box=row.box,
        call=row.call,
        started_at=row.started_at,
        caller_number=row.caller_number,
        caller_name=row.caller_name,
        withheld=row.withheld,
        dialled=row.dialled,
        language=row.language,
    )


def _made(path: Path) -> datetime:
    """When it was recorded; in no time at all when it is gone meanwhile."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return datetime.now(UTC)
