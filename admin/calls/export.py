"""Calls as a table for a spreadsheet, sent as they are read."""

import csv
import io
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from zoneinfo import ZoneInfo

from admin.plain_cells import harmless
from store.call_search import Place, Wanted, find
from store.database import database
from store.models import Call

from .telling import seconds_of

MOST_ROWS = 100_000
AT_ONCE = 200
HEADINGS = (
    "id", "started", "answered", "seconds", "direction", "caller_number", "caller_name",
    "withheld", "dialled", "flow", "version", "state", "reason", "language", "tags",
)  # fmt: skip


def table(wanted: Wanted, zone: ZoneInfo) -> Iterator[str]:
    """As CSV, the headings first. A page's own connection is closed by then: it opens its own."""
    yield _lines([HEADINGS])
    with database.connection_context():
        rows = islice(_calls(wanted), MOST_ROWS)
        while chunk := [_row(call, zone) for call in islice(rows, AT_ONCE)]:
            yield _lines(chunk)
            time.sleep(0)  # others have their turn


def _calls(wanted: Wanted) -> Iterator[Call]:
    place: Place | None = None
    while True:
        found = find(wanted, place, AT_ONCE)
        yield from found.calls
        place = found.next
        if place is None:
            return


def _row(call: Call, zone: ZoneInfo) -> Sequence[object]:
    seconds = seconds_of(call)
    return (
        call.uuid,
        _local(call, "started_at", zone),
        _local(call, "answered_at", zone),
        "" if seconds is None else round(seconds, 1),
        call.direction,
        "" if call.withheld else call.caller_number,
        "" if call.withheld else call.caller_name,
        "yes" if call.withheld else "no",
        call.dialled,
        call.flow,
        call.version,
        call.state,
        call.reason,
        call.language,
        ", ".join(call.tags),
    )


def _local(call: Call, name: str, zone: ZoneInfo) -> str:
    moment = getattr(call, name)
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S}" if moment else ""


def _lines(rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()
