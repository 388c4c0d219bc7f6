"""What is on air, or people meet in: the lines in the menu."""

from collections.abc import Iterator

from flask_admin import BaseView

from admin.hours.view import Hours
from admin.meetings.view import Meetings
from admin.pieces.view import Pieces

from .view import Rooms


def air_views() -> Iterator[BaseView]:
    yield Hours()
    yield Pieces()
    yield Rooms()
    yield Meetings()
