"""The records' lines in the menu."""

from collections.abc import Iterator

from flask_admin import BaseView

from .expert_lines import ExpertLinesView
from .mailboxes import MailboxesView
from .people import PeopleView
from .rooms import RoomRecordsView


def record_views() -> Iterator[BaseView]:
    yield PeopleView()
    yield MailboxesView()
    yield RoomRecordsView()
    yield ExpertLinesView()
