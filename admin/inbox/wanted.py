"""Which messages a list is asked for; everything of it comes from an address, hence is hostile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from flask import abort
from werkzeug.datastructures import MultiDict

from store.message_search import sought
from store.models.message import MessageState

from .access import Sight

NOBODYS: Final = "none"
"""Instead of a mailbox's number: messages that lie in none."""
STATES = (MessageState.NEW, MessageState.SAVED, MessageState.ARCHIVED, MessageState.DELETED)
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; empty fields ask for nothing."""

    box: str = ""
    places: Sequence[int | None] = ()
    """The mailboxes to look in: all that may be seen, or the one."""
    state: str = MessageState.NEW
    search: str = ""
    number: str = ""
    since: date | None = None
    until: date | None = None
    urgent: bool = False
    mine: bool = False
    after: str = ""
    """Where the page before ended."""

    @property
    def sought(self) -> Sequence[str]:
        return sought(self.search)

    @property
    def digits(self) -> str:
        """Of a number, as far as people write it alike: without +, 00 or 0 before it."""
        return "".join(sign for sign in self.number if sign in "0123456789").lstrip("0")

    @property
    def filters(self) -> bool:
        """Whether more is asked than a mailbox and a state."""
        return bool(self.number or self.since or self.until or self.urgent or self.mine)

    def period(self, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
        """From the beginning of the first day to the end of the last one, in UTC."""
        begin = _midnight(self.since, zone) if self.since else None
        end = _midnight(self.until + timedelta(days=1), zone) if self.until else None
        return begin, end


def read_wanted(args: MultiDict[str, str], sight: Sight) -> Wanted:
    """404 for a mailbox that may not be seen."""
    box, state = args.get("box", "")[:20], args.get("state", "")
    return Wanted(
        box=box,
        places=_places(box, sight),
        state=state if state in STATES else MessageState.NEW,
        search=args.get("search", "")[:LONGEST].strip(),
        number=args.get("number", "")[:64].strip(),
        since=_day(args.get("since", "")),
        until=_day(args.get("until", "")),
        urgent="urgent" in args,
        mine="mine" in args,
        after=args.get("after", "")[:120],
    )


def as_args(wanted: Wanted, **other: str) -> Mapping[str, str]:
    """The address's part that asks for the same, or for something `other` of it."""
    given = {
        "box": wanted.box,
        "state": wanted.state,
        "search": wanted.search,
        "number": wanted.number,
        "since": wanted.since.isoformat() if wanted.since else "",
        "until": wanted.until.isoformat() if wanted.until else "",
        "urgent": "1" if wanted.urgent else "",
        "mine": "1" if wanted.mine else "",
    }
    return {name: value for name, value in {**given, **other}.items() if value}


def _places(box: str, sight: Sight) -> Sequence[int | None]:
    if not box:
        return sight.places
    place = None if box == NOBODYS else int(box) if box.isascii() and box.isdigit() else -1
    return [place] if place in sight else abort(404)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return day if 1970 <= day.year <= 9_000 else None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)
