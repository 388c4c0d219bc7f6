"""What one process does at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(lock: Path, refusal: Exception) -> Iterator[None]:
    """Raises `refusal` where another process has the lock; the kernel takes it from a dead one.

    Raises `OSError` when the file of the lock cannot be made.
    """
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise refusal from error
        yield
