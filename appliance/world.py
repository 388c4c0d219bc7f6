"""What flows may name: for the loader's checks."""

from ivr_flows.world import QueryFace, World
from lines.experts.ports import EXPERT_LINE
from lines.rooms.ports import CONFERENCE
from voicemail.ports import MAILBOX

from .book import Book
from .home import Home
from .settings import Settings


def world_of(settings: Settings, book: Book) -> World:
    """The queries, recordings and phones that there are; unchecked where there is no store yet."""
    if not book.exists:
        return World()
    own = Home(settings.home).own_prompts
    return World(
        queries={name: _face(found.query.parameters) for name, found in book.queries.items()},
        prompts={path.stem.split(".")[0] for path in own.glob("*.wav")},
        directory={*settings.phones, *settings.phones.values(), *book.people},
        named={
            MAILBOX: book.mailboxes,
            CONFERENCE: book.conferences,
            EXPERT_LINE: book.expert_lines,
        },
    )


def _face(parameters: object) -> QueryFace:
    assert isinstance(parameters, dict)
    optional = {
        name for name, rule in parameters.items() if rule.optional or rule.default is not None
    }
    return QueryFace(frozenset(parameters.keys() - optional), frozenset(optional))
