"""Calls found by what is known of them, newest first, in bounded time however many there are.

What few calls have is looked up by its index, and all of these are looked at. What many have is
sought from the newest call backwards, a bounded number of calls at a time: where it stopped is
told, and one can go on from there.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from peewee import SQL, ModelSelect, Select, fn

from store.database import is_sqlite, translated
from store.fields import clean
from store.models import Call, CallTag

FEW = 3_000
"""Calls of one kind that are all looked at."""
LOOKED_AT = 10_000
"""Calls that are looked at from the newest backwards, for one page."""
BEYOND = "\U0010ffff"
"""Sorts behind everything that a number can go on with."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of the calls; empty for anything."""

    number: str = ""
    """The beginning of the caller's number."""
    number_end: str = ""
    number_part: str = ""
    dialled: str = ""
    """The whole number."""
    flow: str = ""
    state: str = ""
    direction: str = ""
    tag: str = ""
    is_bad: bool = False
    """Only those that were hard to understand."""
    since: datetime | None = None
    until: datetime | None = None
    """Before that moment."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the next one begins with what is older."""

    at: datetime
    uuid: str


@dataclass(frozen=True, slots=True)
class Found:
    calls: Sequence[Call] = ()
    next: Place | None = None
    """None: there are no more."""
    stopped: bool = False
    """Whether the search stopped there because it had looked at many calls, not because the page
    is full."""


Calls: TypeAlias = "ModelSelect[Call]"
Condition = Callable[[Any], Any]
"""On whatever has a call's columns."""
Traits = Sequence["_Trait"]

COLUMNS = (
    Call.uuid, Call.started_at, Call.caller_number, Call.caller_tail, Call.dialled, Call.flow,
    Call.state, Call.direction, Call.is_bad,
)  # fmt: skip
"""Those that conditions are about."""


@dataclass(frozen=True, slots=True)
class _Trait:
    """One thing that is known of the calls."""

    told: Condition
    by_index: "Calls | None"
    """All such calls, by an index; none where there is no index for it."""


@translated()
def find(wanted: Wanted, after: Place | None = None, limit: int = 50) -> Found:
    """A page of calls, newest first. Raises `StoreAway`."""
    traits = list(_traits(wanted))
    span = list(_span(wanted, after))
    few = next((trait.by_index for trait in traits if _is_few(trait.by_index)), None)
    if few is not None:
        return _of_few(few, [*(trait.told for trait in traits), *span], limit)
    return _backwards([trait.told for trait in traits], span, limit)


def _traits(wanted: Wanted) -> Iterator[_Trait]:
    start, end = clean(wanted.number, 64), clean(wanted.number_end, 64)[::-1]
    part, tag = clean(wanted.number_part, 64), clean(wanted.tag, 100)
    if start:
        yield _Trait(lambda c: c.caller_number.startswith(start), _from("caller_number", start))
    if end:
        yield _Trait(lambda c: c.caller_tail.startswith(end), _from("caller_tail", end))
    if part:
        yield _Trait(lambda c: c.caller_number.contains(part), None)
    for name in ("dialled", "flow", "state", "direction"):
        if value := clean(getattr(wanted, name), 64):
            yield _equal(name, value)
    if tag:
        yield _tagged(tag)
    if wanted.is_bad:
        yield _bad()


def _equal(name: str, value: str) -> _Trait:
    found = Call.select(*COLUMNS).where(getattr(Call, name) == value)
    return _Trait(lambda c: getattr(c, name) == value, found)


def _bad() -> _Trait:
    """Written out, as SQLite takes the small index only for what it can see."""
    yes = SQL("1") if is_sqlite() else SQL("TRUE")
    return _Trait(lambda c: c.is_bad == yes, Call.select(*COLUMNS).where(Call.is_bad == yes))


def _tagged(tag: str) -> _Trait:
    tags = CallTag.select(CallTag.call).where(CallTag.tag == tag)
    found = Call.select(*COLUMNS).join(CallTag).where(CallTag.tag == tag)
    return _Trait(lambda c: fn.EXISTS(tags.where(CallTag.call == c.uuid)), found)


def _from(name: str, start: str) -> Calls:
    """By a range, which SQLite's index knows. PostgreSQL may order texts in another way."""
    field = getattr(Call, name)
    told = field.startswith(start)
    if is_sqlite():
        told = (field >= start) & (field < start + BEYOND)
    return Call.select(*COLUMNS).where(told)


def _span(wanted: Wanted, after: Place | None) -> Iterator[Condition]:
    since, until = wanted.since, wanted.until
    if since:
        yield lambda c: c.started_at >= _stored(since)
    if until:
        yield lambda c: c.started_at < _stored(until)
    if after:
        at = _stored(after.at)
        yield lambda c: c.started_at <= at  # for the index
        yield lambda c: (c.started_at < at) | (c.uuid < after.uuid)


def _stored(moment: datetime) -> Any:
    """A column of an inner query does not know by itself how times are stored."""
    return Call.started_at.db_value(moment)


def _is_few(by_index: "Calls | None") -> bool:
    """Asked of the index alone, and of no more of it than that takes."""
    # Not `if by_index`: a query is asked how long it is, all of it.
    return by_index is not None and int(by_index.limit(FEW + 1).count()) <= FEW


def _of_few(few: Calls, conditions: Sequence[Condition], limit: int) -> Found:
    # With its `LIMIT` the inner query is worked out by its own index, whatever else is asked.
    inner = few.limit(FEW).alias("inner")
    newest = _where(inner, conditions).order_by(inner.c.started_at.desc(), inner.c.uuid.desc())
    return _page(_rows(newest.limit(limit + 1)), limit)


def _backwards(told: Sequence[Condition], span: Sequence[Condition], limit: int) -> Found:
    walk = _newest(Call.select(*COLUMNS))
    if span:
        walk = walk.where(*(condition(Call) for condition in span))
    if not told:
        return _page(_rows(walk.limit(limit + 1)), limit)
    # The inner query gives its rows one by one and in order: the outer one ends with enough.
    found = _rows(_where(walk.limit(LOOKED_AT).alias("inner"), told).limit(limit + 1))
    if len(found) > limit:
        return _page(found, limit)
    last = walk.offset(LOOKED_AT - 1).limit(1).first()
    stop = Place(last.started_at, last.uuid) if last else None
    return Found(found, stop, stopped=stop is not None)


def _where(inner: Any, conditions: Sequence[Condition]) -> Any:
    query = Select([inner], [inner.c.uuid]).bind(Call._meta.database)
    return query.where(*(condition(inner.c) for condition in conditions))


def _rows(query: Any) -> Sequence[Call]:
    uuids = [row[0] for row in query.tuples()]
    return list(_newest(Call.select().where(Call.uuid << uuids))) if uuids else []


def _newest(query: Calls) -> Calls:
    return query.order_by(Call.started_at.desc(), Call.uuid.desc())


def _page(found: Sequence[Call], limit: int) -> Found:
    if len(found) <= limit:
        return Found(found)
    last = found[limit - 1]
    return Found(found[:limit], Place(last.started_at, last.uuid))
