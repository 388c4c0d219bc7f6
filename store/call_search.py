"""Calls found by what is known of them, newest first, in bounded time however many there are.

What few calls have is looked up by its index, and all of these are looked at. What many have is
sought from the newest call backwards, a bounded number of calls at a time: where it stopped is
told, and one can go on from there.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import Expression, ModelSelect, Select, fn

from store.database import is_sqlite, translated
from store.fields import clean
from store.models import Call, CallTag

FEW = 3_000
"""Calls of one kind that are all looked at."""
LOOKED_AT = 20_000
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


@dataclass(frozen=True, slots=True)
class _Trait:
    """One thing that is known of the calls."""

    told: Callable[[Any], Any]
    """The condition, on whatever has a call's columns."""
    by_index: ModelSelect | None
    """The uuids of all such calls, by an index; none where there is no index for it."""


@translated()
def find(wanted: Wanted, after: Place | None = None, limit: int = 50) -> Found:
    """A page of calls, newest first. Raises `StoreAway`."""
    traits = list(_traits(wanted))
    span = _span(wanted, after)
    few = next((t.by_index for t in traits if t.by_index and _is_few(t.by_index)), None)
    if few is not None:
        return _of_few(few, traits, span, limit)
    return _backwards(traits, span, limit)


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
        tagged = CallTag.select(CallTag.call).where(CallTag.tag == tag)
        yield _Trait(lambda c: fn.EXISTS(tagged.where(CallTag.call == c.uuid)), tagged)


def _equal(name: str, value: str) -> _Trait:
    field = getattr(Call, name)
    return _Trait(lambda c: getattr(c, name) == value, Call.select(Call.uuid).where(field == value))


def _from(name: str, start: str) -> ModelSelect:
    """By a range, which SQLite's index knows. PostgreSQL may order texts in another way."""
    field = getattr(Call, name)
    told = field.startswith(start)
    if is_sqlite():
        told = (field >= start) & (field < start + BEYOND)
    return Call.select(Call.uuid).where(told)


def _span(wanted: Wanted, after: Place | None) -> list[Expression]:
    span: list[Expression] = []
    if wanted.since:
        span.append(Call.started_at >= wanted.since)
    if wanted.until:
        span.append(Call.started_at < wanted.until)
    if after:
        span.append(Call.started_at <= after.at)  # for the index
        span.append((Call.started_at < after.at) | (Call.uuid < after.uuid))
    return span


def _is_few(by_index: ModelSelect) -> bool:
    """Asked of the index alone, and of no more of it than that takes."""
    return int(by_index.limit(FEW + 1).count()) <= FEW


def _of_few(
    few: ModelSelect, traits: Sequence[_Trait], span: Sequence[Expression], limit: int
) -> Found:
    # With its `LIMIT` SQLite cannot turn this into a walk through all calls by their times.
    uuids = few.limit(FEW)
    told = (trait.told(Call) for trait in traits)
    query = Call.select().where(Call.uuid << uuids, *told, *span)
    return _page(list(_newest(query).limit(limit + 1)), limit)


def _backwards(traits: Sequence[_Trait], span: Sequence[Expression], limit: int) -> Found:
    if not traits:
        return _page(list(_newest(Call.select().where(*span)).limit(limit + 1)), limit)
    found = _rows(_told_in_walk(traits, span, limit + 1))
    if len(found) > limit:
        return _page(found, limit)
    walk = _newest(Call.select(Call.uuid, Call.started_at).where(*span))
    last = walk.offset(LOOKED_AT - 1).limit(1).first()
    stop = Place(last.started_at, last.uuid) if last else None
    return Found(found, stop, stopped=stop is not None)


def _told_in_walk(
    traits: Sequence[_Trait], span: Sequence[Expression], limit: int
) -> Sequence[str]:
    """Of the next calls backwards, those that have all traits.

    The inner query gives its rows one by one and in order: the outer one ends once it has enough.
    """
    columns = (
        Call.uuid, Call.caller_number, Call.caller_tail, Call.dialled, Call.flow, Call.state,
        Call.direction,
    )  # fmt: skip
    walk = _newest(Call.select(*columns).where(*span)).limit(LOOKED_AT).alias("walk")
    told = (trait.told(walk.c) for trait in traits)
    query = Select([walk], [walk.c.uuid]).where(*told).limit(limit).bind(Call._meta.database)
    return [uuid for (uuid,) in query.tuples()]


def _rows(uuids: Sequence[str]) -> Sequence[Call]:
    return list(_newest(Call.select().where(Call.uuid << uuids))) if uuids else []


def _newest(query: ModelSelect) -> ModelSelect:
    return query.order_by(Call.started_at.desc(), Call.uuid.desc())


def _page(found: Sequence[Call], limit: int) -> Found:
    if len(found) <= limit:
        return Found(found)
    last = found[limit - 1]
    return Found(found[:limit], Place(last.started_at, last.uuid))
