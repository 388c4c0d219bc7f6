"""What people on the line's domain refuses, as the panel tells it."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import abort

from lines.errors import LinesError

from .errors import Refused


@contextmanager
def told() -> Iterator[None]:
    """Around what asks `lines`: raises `Refused` with its words, or 404 for what is not there."""
    try:
        yield
    except LinesError as error:
        if isinstance(error, LookupError):
            abort(404)
        raise Refused(str(error)) from error
