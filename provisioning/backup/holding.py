"""One backup or restore of a home at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from .errors import AlreadyBackingUp
from .places import Places


@contextmanager
def alone(places: Places) -> Iterator[None]:
    """The kernel gives the lock up with the process. Raises `AlreadyBackingUp`."""
    places.own.mkdir(parents=True, exist_ok=True)
    places.own.chmod(0o700)  # the key and a copy of the whole store lie here
    with places.lock.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise AlreadyBackingUp(
                f"another backup or restore of {places.home} runs; wait until it is done"
            ) from error
        yield


def is_running(places: Places) -> bool:
    try:
        with alone(places):
            return False
    except AlreadyBackingUp:
        return True
