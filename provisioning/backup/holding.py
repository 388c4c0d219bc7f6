"""One backup or restore of a home at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from store import holding

from .errors import AlreadyBackingUp
from .places import Places


@contextmanager
def alone(places: Places) -> Iterator[None]:
    """Raises `AlreadyBackingUp`, `OSError`."""
    places.own.mkdir(parents=True, exist_ok=True)
    places.own.chmod(0o700)  # the key and a copy of the whole store lie here
    other = f"another backup or restore of {places.home} runs; wait until it is done"
    with holding.alone(places.lock, AlreadyBackingUp(other)):
        yield


def is_running(places: Places) -> bool:
    try:
        with alone(places):
            return False
    except AlreadyBackingUp:
        return True
