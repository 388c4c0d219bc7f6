"""Expert lines and their sessions as lines at the terminal."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from lines.experts.entry import LineEntry
from lines.experts.facts import ends_at
from lines.experts.late_listing import Listed
from lines.experts.signing_in import COLUMNS, Pins
from store.models import ExpertSession

from ..step_line import one_line


def line_line(entry: LineEntry) -> str:
    mailbox = f"questions to {entry.mailbox}" if entry.mailbox else "takes no questions"
    return one_line(f"{entry.name}  {entry.language}  {mailbox}  {entry.title}").rstrip()


def session_line(row: ExpertSession, zone: ZoneInfo) -> str:
    begins, ends = row.starts_at.astimezone(zone), ends_at(row).astimezone(zone)
    expert = row.expert.name if row.expert else "no expert"
    time = f"{begins:%Y-%m-%d %H:%M}-{ends:%H:%M}"
    return one_line(f"{row.id}  {row.line.name}  {time}  {row.state}  {expert}  {row.topic}")


def session_facts(row: ExpertSession, zone: ZoneInfo) -> Iterator[str]:
    yield session_line(row, zone)
    yield f"host: {row.host.name if row.host else 'none'}"
    yield f"languages: {', '.join(row.languages)}"
    yield f"listeners: at most {row.listeners}" if row.listeners else "listeners: none"
    yield f"recorded: {'yes' if row.record else 'no'}"
    yield f"the box calls the expert: {'yes' if row.call_expert else 'no'}"
    yield f"PINs: {', '.join(_pins_given(row)) or 'none'}"
    for name in ("introduction", "consent", "jingle", "reason"):
        if value := getattr(row, name):
            yield one_line(f"{name}: {value}")
    for name in ("opened_at", "live_at", "closed_at"):
        if moment := getattr(row, name):
            yield f"{name.replace('_', ' ')}: {moment.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def pins_lines(pins: Pins) -> Iterator[str]:
    yield f"host {pins.host}, expert {pins.expert}, screener {pins.screener}"
    yield "The PINs are not shown again."


def late_line(one: Listed, zone: ZoneInfo) -> str:
    at: datetime = one.at.astimezone(zone)
    number = one.number or "no number"
    return one_line(
        f"{one.line}  {at:%Y-%m-%d %H:%M}  {number}  {one.state}  {one.message}  {one.note}"
    ).rstrip()


def _pins_given(row: ExpertSession) -> list[str]:
    return [str(seat) for seat, column in COLUMNS.items() if getattr(row, column)]
