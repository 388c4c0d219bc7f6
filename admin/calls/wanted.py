"""What a page of calls is asked for, as it stands in its address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from store.call_search import Place, Wanted
from store.fields import clean

from .telling import directions, state_words

FIELDS = (
    "number", "how", "dialled", "flow", "state", "direction", "tag", "sound", "since", "until",
)  # fmt: skip
"""Of the form; what is not among them is not looked at."""
BAD = "bad"
"""Asked of the sound."""
LONGEST = 100
FILLING = re.compile(r"[\s()/.\-]+")
"""What people put between the digits of a number."""
DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """The form as it was filled in, and what it comes to."""

    form: Mapping[str, str]
    wanted: Wanted
    after: Place | None = None
    odd: frozenset[str] = field(default_factory=frozenset)
    """Fields that could not be understood and count as empty."""

    @property
    def searches(self) -> bool:
        return self.wanted != Wanted()


def read(given: Mapping[str, str], zone: ZoneInfo) -> Asked:
    """Never fails: what cannot be understood is said to be odd."""
    form = {name: given.get(name, "").strip()[:LONGEST] for name in FIELDS}
    odd = {name for name in ("since", "until") if form[name] and _date(form[name]) is None}
    if form["state"] not in state_words():
        form["state"] = ""
    if form["direction"] not in directions():
        form["direction"] = ""
    if form["sound"] != BAD:
        form["sound"] = ""
    return Asked(form, _wanted(form, zone), read_place(given.get("after", "")), frozenset(odd))


def _wanted(form: Mapping[str, str], zone: ZoneInfo) -> Wanted:
    number, how = FILLING.sub("", form["number"]), form["how"]
    since, until = _date(form["since"]), _date(form["until"])
    return Wanted(
        number=number if how == "begins" else "",
        # Without the zero that national numbers begin with: they may be kept as +49 and so on.
        number_end=(number.lstrip("0") or number) if how not in ("begins", "part") else "",
        number_part=number if how == "part" else "",
        dialled=FILLING.sub("", form["dialled"]),
        flow=form["flow"],
        state=form["state"],
        direction=form["direction"],
        tag=form["tag"],
        is_bad=form["sound"] == BAD,
        since=_midnight(since, zone) if since else None,
        until=_midnight(until + timedelta(days=1), zone) if until else None,
    )


def _date(text: str) -> date | None:
    """Of years in which there can be calls."""
    try:
        found = date.fromisoformat(text) if DATE.fullmatch(text) else None
    except ValueError:
        return None
    return found if found and 2000 <= found.year < 2200 else None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def place_text(place: Place | None) -> str:
    return f"{place.at.isoformat()}~{place.uuid}" if place else ""


def read_place(text: str) -> Place | None:
    at, _, uuid = text[:200].partition("~")
    try:
        moment = datetime.fromisoformat(at).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Place(moment, clean(uuid, 64)) if uuid else None
