"""What is known of a line though no call reached its flow: its language, and who gets its messages.

For what the switch says and records by itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from ivr_flows.flow import Flow
from voicemail.boxes.lookup import find
from voicemail.deposit.step import Voicemail
from voicemail.keeping.spool import Line

from .book import Book


@dataclass(frozen=True, slots=True)
class Spoken:
    """Numbers dialled, one of which may end in `*` for any that begin so, and their language."""

    numbers: Sequence[str]
    language: str


def languages(book: Book, usual: str) -> list[Spoken]:
    """In the order in which numbers are looked up: the first that fits counts. Those behind which
    only the `usual` language is spoken are left out."""
    spoken = [(_language(book, route.flow, usual), route.number) for route in book.routes.routes]
    while spoken and spoken[-1][0] == usual:
        spoken.pop()
    return [
        Spoken([number for _, number in group], language)
        for language, group in groupby(spoken, key=lambda pair: pair[0])
    ]


def line_of(book: Book, zone: ZoneInfo, usual_box: str, dialled: str, at: datetime) -> Line:
    """Of a number that was dialled. `usual_box` has what no line says who it is for.

    Raises `StoreAway`.
    """
    name = book.routes.route_for(dialled, at.astimezone(zone)) if dialled else None
    flow = book.flow(name or "")
    if flow is None:
        return Line(usual_box)
    return Line(_box(flow, dialled) or usual_box, flow.language)


def _language(book: Book, name: str, usual: str) -> str:
    flow = book.flow(name)
    return flow.language if flow else usual


def _box(flow: Flow, dialled: str) -> str:
    """The only one that the flow names; where it is reckoned by the call, the one dialled."""
    steps = list(_voicemail(flow))
    named = {step.box.source for step in steps if step.box.constant}
    if len(named) == 1 and all(step.box.constant for step in steps):
        return named.pop()
    return dialled if steps and not named and find(dialled) else ""


def _voicemail(flow: Flow) -> Iterator[Voicemail]:
    return (placed.step for placed in flow.steps.values() if isinstance(placed.step, Voicemail))
