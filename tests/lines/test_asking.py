"""The callbox asks the door in the mailboxes' own sidecar: a real process on a real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.dialling import DiallingRules
from appliance.mailroom.department import THREADS
from appliance.sidecar import Sidecar
from store import database, migrate
from store.models.line import Door
from tests.lines.houses import LOCAL, MOBILE, PREMIUM, rows, set_rules
from tests.stores import store_url


@pytest.fixture
def sidecar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sidecar]:
    monkeypatch.setenv("PRESSLINE_HOME", str(tmp_path))
    monkeypatch.setenv("PRESSLINE_DATABASE", store_url(tmp_path / "pressline.db"))
    monkeypatch.setenv("PRESSLINE_PHONES", "200=Desk")
    monkeypatch.setattr("appliance.dialling.LIMIT", 60.0)
    database.connect(tmp_path / "pressline.db")
    migrate.migrate()
    started = Sidecar("appliance.mail_tasks", THREADS)
    yield started
    started.stop()
    database.disconnect()


def asked(sidecar: Sidecar, number: str) -> list[str]:
    """Where a mailbox's owner may be connected with, for this number."""
    rules = DiallingRules(sidecar)
    targets = rules.targets(number, Door.MAILBOX, "mailbox desk", "a call")
    return [target.address for target in targets]


def test_the_door_is_asked_over_the_sidecar(sidecar: Sidecar) -> None:
    set_rules({"main": {"host": "sip.example"}}, rules={"home": {"to": ["+49*"]}})
    assert asked(sidecar, LOCAL) == [f"{LOCAL}@sip.example"]
    assert asked(sidecar, "200") == ["200"]
    for odd in (PREMIUM, "\x00", "\ud800", "1" * 9_999):
        assert asked(sidecar, odd) == []
    assert [row.state for row in rows()] == ["reserved", "reserved", *["refused"] * 4]


def test_rules_that_change_hold_from_the_next_call_on(sidecar: Sidecar) -> None:
    assert asked(sidecar, MOBILE) == []
    set_rules(rules={"home": {"to": ["+49*"]}})
    assert asked(sidecar, MOBILE)
