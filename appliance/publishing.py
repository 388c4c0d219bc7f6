"""From files to live flows: nothing goes live that would strand a caller."""

from collections.abc import Sequence
from dataclasses import dataclass

from ivr_flows.flow import Flow
from store import flows as store_flows

from .book import Book
from .errors import PublishRefused
from .flow_files import FlowText, Loaded, failing_tests, load_together
from .own_flows import RESERVED
from .settings import Settings
from .world import world_of


@dataclass(frozen=True, slots=True)
class Published:
    flow: str
    version: int
    changed: bool
    """False when this very text was live already."""
    tests: int
    version_id: int


def publish(
    texts: Sequence[FlowText], settings: Settings, book: Book, *, author: str, note: str = ""
) -> list[Published]:
    """Check all texts, run their test calls, and make them live together.

    Raises `PublishRefused` with every reason; nothing has changed then.
    """
    loaded = load_together(texts, world_of(settings, book), book.flows)
    _refuse([str(problem) for problem in loaded.problems])
    _refuse(_of_the_box(loaded))
    _refuse(failing_tests(loaded, book.flows, settings.facts))
    _refuse(_broken_by(loaded, settings, book))
    return [_go_live(flow, loaded.texts[name], author, note) for name, flow in loaded.flows.items()]


def _refuse(reasons: Sequence[str]) -> None:
    if reasons:
        raise PublishRefused(reasons)


def _of_the_box(loaded: Loaded) -> list[str]:
    return [
        f"{loaded.texts[name].file}: names that begin with {RESERVED!r} are the box's own"
        for name in loaded.flows
        if name.startswith(RESERVED)
    ]


def _broken_by(loaded: Loaded, settings: Settings, book: Book) -> list[str]:
    """Live flows that would no longer load beside the new ones."""
    others = [
        FlowText(f"{name} (live)", text.encode())
        for name, text in book.texts.items()
        if name not in loaded.flows
    ]
    again = load_together(others, world_of(settings, book), {**book.flows, **loaded.flows})
    return [str(problem) for problem in again.problems]


def _go_live(flow: Flow, text: FlowText, author: str, note: str) -> Published:
    version = store_flows.save_draft(flow.name, text.text.decode(), author=author, note=note)
    was_live = store_flows.live_numbers().get(flow.name) == version.number
    store_flows.mark_checked(version)
    store_flows.publish(flow.name, version.number)
    return Published(flow.name, version.number, not was_live, len(flow.tests), version.id)
