"""Publishes approved pieces as the box's settings say."""

from lines.pieces.publishing import Exported, Imprint, export, exporting

from .home import Home
from .piece_sounds import Sounds
from .settings import Settings


def imprint(settings: Settings) -> Imprint:
    return Imprint(settings.paper_name, settings.published_url, settings.time_zone)


def is_due(settings: Settings, home: Home) -> bool:
    """Whether readers do not see yet what was decided. Raises `StoreAway`."""
    return exporting.is_due(home.public, imprint(settings))


def publish(settings: Settings, home: Home) -> Exported | None:
    """None when somebody else is at it just now. Raises `NotPublished`, `StoreAway`."""
    return export(home.public, home.recordings, imprint(settings), Sounds(home.models))
