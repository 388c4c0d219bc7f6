"""The records' lines in the menu."""

from collections.abc import Iterator

from flask_admin import BaseView

from admin.prompts.view import PromptsView
from admin.queries.queries import QueriesView
from admin.queries.sources import SourcesView

from .dialling_limits import DiallingLimitsView
from .dialling_rules import DiallingRulesView
from .expert_lines import ExpertLinesView
from .hours import HoursView
from .mailboxes import MailboxesView
from .people import PeopleView
from .phones import PhonesView
from .rooms import RoomRecordsView
from .routes import RoutesView
from .settings import SettingsView
from .trunks import TrunksView


def record_views() -> Iterator[BaseView]:
    yield PeopleView()
    yield MailboxesView()
    yield RoutesView()
    yield HoursView()
    yield RoomRecordsView()
    yield ExpertLinesView()
    yield DiallingRulesView()
    yield DiallingLimitsView()
    yield TrunksView()
    yield PhonesView()
    yield SourcesView()
    yield QueriesView()
    yield PromptsView()
    yield SettingsView()
