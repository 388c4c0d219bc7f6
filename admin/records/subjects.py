"""The records' lines in the menu."""

from collections.abc import Iterator

from flask_admin import BaseView

from .people import PeopleView


def record_views() -> Iterator[BaseView]:
    yield PeopleView()
