"""A panel for tests: a store of its own, doubles for the box, somebody signed in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from flask.testing import FlaskClient

from admin.access import sessions
from admin.access.current import TOKEN
from admin.access.roles import Role
from admin.app import create_app
from admin.errors import BoxAway
from admin.live.live import Live
from admin.panel import Panel
from appliance.panel_parts.flow_work import FlowWork
from appliance.settings import Settings
from ivr_flows.trial import Trial
from ivr_flows.trying_out import Said, TryOut
from store.models import PanelUser
from tests.admin.browser_phone.doubles import Phones
from tests.admin.pieces.doubles import FakeAir
from tests.admin.records.doubles import FakeRecords

BROWSER = "Firefox"


@dataclass
class Asked:
    """The callbox's double: keeps what it is asked, and gives what it is told to give."""

    answers: dict[str, Any] = field(default_factory=dict)
    questions: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    away: bool = False

    def __call__(self, verb: str, **given: Any) -> Any:
        if self.away:
            raise BoxAway("the callbox does not answer")
        self.questions.append((verb, given))
        answer = self.answers.get(verb)
        return answer(**given) if callable(answer) else answer


class Untried:
    """For tests in which no flow is tried out."""

    def attempt(self, text: str, trial: Trial, *, typing: bool, really_ask: bool) -> TryOut:
        return TryOut()

    def queries_of(self, text: str) -> Sequence[str]:
        return ()

    def sound(self, said: Said) -> Sequence[Path]:
        return ()


class FlowsAtHand(FlowWork):
    """Flows are really read and rehearsed, in this process; nobody is told."""

    def announce(self, versions: Sequence[int]) -> str:
        return "The box takes it up now."


def a_panel(home: Path, **parts: Any) -> Panel:
    """With everything that a test does not name as a double."""
    panel = Panel(
        paper="The Daily",
        zone=ZoneInfo("Europe/Berlin"),
        home=home,
        secret="a secret of the tests",
        secure=False,
        proxies=0,
        checks={},
        ask=Asked(),
        live=Live(),
        air=FakeAir(),
        trying=Untried(),
        records=FakeRecords(),
        flows=FlowsAtHand(Settings(home=home)),
        phones=Phones(),
    )
    return replace(panel, **parts)


def user(role: str = Role.ADMINISTRATOR, name: str = "", **fields: Any) -> PanelUser:
    """Somebody with that role; the same again when there is one of that name."""
    name = name or role.lower()
    found: PanelUser | None = PanelUser.get_or_none(PanelUser.name == name)
    return found or PanelUser.create(
        name=name, title=name.title(), role=role, password_hash="-", **fields
    )


def signed_in(app: Flask, as_whom: PanelUser | str = Role.ADMINISTRATOR) -> FlaskClient:
    """A browser in which a user, or somebody of a role, is signed in with both factors."""
    person = user(as_whom) if isinstance(as_whom, str) else as_whom
    token = sessions.begin(person, "127.0.0.1", BROWSER, second_factor=True)
    client = app.test_client()
    with client.session_transaction() as session:
        session[TOKEN] = token
    return client


PanelMaker = Callable[..., Flask]


def without_csrf(panel: Panel) -> Flask:
    """The application for tests of pages; that forged requests are refused has tests of its own."""
    app = create_app(panel)
    app.config["WTF_CSRF_ENABLED"] = False
    app.extensions["panel-limiter"].enabled = False
    return app
