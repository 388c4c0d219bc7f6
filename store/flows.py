"""Flows and their versions: save, check, publish, roll back."""

from collections.abc import Sequence
from datetime import datetime

import peewee

from store.database import is_sqlite, translated, writing
from store.errors import DraftMovedOn, FlowUnknown, NotChecked, NothingToRollBack, VersionUnknown
from store.fields import clean, now
from store.models import Flow, FlowVersion
from store.models.flow import State


@translated()
def save_draft(
    name: str, text: str, *, author: str = "", note: str = "", after: int | None = None
) -> FlowVersion:
    """Keep `text` as the flow's newest version; the same text again is the same version.

    `after`: the version that must still be the newest, 0 for none; raises `DraftMovedOn`.
    """
    with writing():
        flow = _hold(Flow.get_or_none(Flow.name == name) or _new_flow(name))
        newest: FlowVersion | None = _versions(flow).first()
        if newest is not None and newest.text == text:
            return newest
        number = newest.number if newest else 0
        if after is not None and number != after:
            raise DraftMovedOn(name, number)
        return FlowVersion.create(
            flow=flow,
            number=number + 1,
            text=text,
            author=clean(author, 100),
            note=clean(note, 2_000),
        )


@translated()
def mark_checked(version: FlowVersion, at: datetime | None = None) -> None:
    """The version loaded without mistakes and its tests passed."""
    version.checked_at = at or now()
    version.save(only=[FlowVersion.checked_at])


@translated()
def mark_rendered(version: FlowVersion, at: datetime | None = None) -> None:
    """The version's constant prompts are on disk."""
    version.rendered_at = at or now()
    version.save(only=[FlowVersion.rendered_at])


@translated()
def publish(name: str, number: int | None = None) -> FlowVersion:
    """Make a version live (the newest without `number`); the live one retires.

    Raises `FlowUnknown`, `VersionUnknown`, `NotChecked`. Safe against others publishing.
    """
    with writing():
        flow = _hold(_flow(name))
        version = _version(flow, number)
        if version.checked_at is None:
            raise NotChecked(name, version.number)
        current = _current(flow)
        if current != version:
            version.published_at = now()
            version.replaced = current.number if current else None
            _swap(current, version)
        return version


@translated()
def go_live(name: str, number: int, note: str = "") -> FlowVersion:
    """Make a version live that has just passed its checks; `note` says why, if given.

    Raises `FlowUnknown`, `VersionUnknown`.
    """
    with writing():
        checked = version(name, number)
        if note:
            checked.note = clean(note, 2_000)
            checked.save(only=[FlowVersion.note])
        mark_checked(checked)
        return publish(name, number)


@translated()
def rollback(name: str) -> FlowVersion:
    """Make the version live that was live before; a second roll-back goes one further back.

    Raises `FlowUnknown`, `NothingToRollBack`.
    """
    with writing():
        flow = _hold(_flow(name))
        current = _current(flow)
        if current is None or current.replaced is None:
            raise NothingToRollBack(name)
        earlier = _version(flow, current.replaced)
        _swap(current, earlier)
        return earlier


@translated()
def live(name: str) -> FlowVersion | None:
    """The version that answers calls now."""
    found: FlowVersion | None = _live().where(Flow.name == name).first()
    return found


@translated()
def live_flows() -> Sequence[FlowVersion]:
    """Every live version, by the name of its flow (`version.flow.name`)."""
    return list(_live().order_by(Flow.name))


@translated()
def live_numbers() -> dict[str, int]:
    """Flow to live version, without the texts: cheap enough to ask whether anything changed."""
    found = _live().select(Flow.name, FlowVersion.number).order_by(Flow.name)
    return dict(found.tuples())  # type: ignore[arg-type]


@translated()
def versions(name: str) -> Sequence[FlowVersion]:
    """All versions, newest first. Raises `FlowUnknown`."""
    return list(_versions(_flow(name)))


@translated()
def version(name: str, number: int | None = None) -> FlowVersion:
    """One version, the newest without `number`. Raises `FlowUnknown`, `VersionUnknown`."""
    return _version(_flow(name), number)


def _live() -> "peewee.ModelSelect[FlowVersion]":
    chosen = FlowVersion.select(FlowVersion, Flow).join(Flow)
    return chosen.where(FlowVersion.state == State.LIVE)


def _versions(flow: Flow) -> "peewee.ModelSelect[FlowVersion]":
    """Newest first."""
    chosen = FlowVersion.select().where(FlowVersion.flow == flow)
    return chosen.order_by(FlowVersion.number.desc())


def _new_flow(name: str) -> Flow:
    Flow.insert(name=name).on_conflict_ignore().execute()
    return _flow(name)


def _flow(name: str) -> Flow:
    flow = Flow.get_or_none(Flow.name == name)
    if flow is None:
        raise FlowUnknown(name)
    return flow


def _hold(flow: Flow) -> Flow:
    """Keep others from changing the flow's versions; SQLite's transaction already does."""
    if not is_sqlite():
        Flow.select().where(Flow.id == flow.id).for_update().get()
    return flow


def _version(flow: Flow, number: int | None) -> FlowVersion:
    found = _versions(flow)
    if number is not None:
        found = found.where(FlowVersion.number == number)
    version: FlowVersion | None = found.first()
    if version is None:
        raise VersionUnknown(flow.name, number)
    return version


def _current(flow: Flow) -> FlowVersion | None:
    found: FlowVersion | None = _versions(flow).where(FlowVersion.state == State.LIVE).first()
    return found


def _swap(current: FlowVersion | None, version: FlowVersion) -> None:
    if current is not None:
        current.state = State.RETIRED
        current.save(only=[FlowVersion.state])
    version.state = State.LIVE
    version.save()
