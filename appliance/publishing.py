"""From files to live flows: nothing goes live that would strand a caller."""

from collections.abc import Sequence
from dataclasses import dataclass

from ivr_flows.flow import Flow
from store import flows as store_flows

from .book import Book
from .bus import tell_reload
from .errors import PublishRefused
from .flow_files import FlowText
from .rehearsal import rehearse
from .settings import Settings


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
    rehearsed = rehearse(texts, settings, book)
    if rehearsed.reasons:
        raise PublishRefused(rehearsed.reasons)
    loaded = rehearsed.loaded
    return [_go_live(flow, loaded.texts[name], author, note) for name, flow in loaded.flows.items()]


def announce(settings: Settings, versions: Sequence[int]) -> str:
    """Have the prompts of what went live rendered, and the callbox take it up; a line that says
    whether it will. `versions` are rows of `FlowVersion`."""
    from .jobs import render_prompts  # opens the queue in the home, which must be there

    for version in versions:
        render_prompts(version)
    return tell_reload(settings)


def _go_live(flow: Flow, text: FlowText, author: str, note: str) -> Published:
    version = store_flows.save_draft(flow.name, text.text.decode(), author=author, note=note)
    was_live = store_flows.live_numbers().get(flow.name) == version.number
    store_flows.go_live(flow.name, version.number)
    return Published(flow.name, version.number, not was_live, len(flow.tests), version.id)
