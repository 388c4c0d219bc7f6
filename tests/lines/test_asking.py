"""The callbox asks the door in the mailboxes' own sidecar: a real process on a real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.dialling import DiallingRules
from appliance.mailroom.department import THREADS
from appliance.sidecar import Sidecar
from store import database, migrate
from tests.lines.houses import LOCAL, MOBILE, PREMIUM, rows, set_rules


@pytest.fixture
def sidecar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sidecar]:
    monkeypatch.setenv("PRESSLINE_HOME", str(tmp_path))
    monkeypatch.setenv("PRESSLINE_PHONES", "200=Desk")
    monkeypatch.setattr("appliance.dialling.LIMIT", 60.0)
    database.connect(tmp_path / "pressline.db")
    migrate.migrate()
    started = Sidecar("appliance.mail_tasks", THREADS)
    yield started
    started.stop()
    database.disconnect()


def test_the_door_is_asked_over_the_sidecar(sidecar: Sidecar) -> None:
    set_rules({"main": {"host": "sip.example"}}, rules={"home": {"to": ["+49*"]}})
    rules = DiallingRules(sidecar)
    assert [target.address for target in rules.targets(LOCAL)] == [f"{LOCAL}@sip.example"]
    assert [target.address for target in rules.targets("200")] == ["200"]
    assert [list(rules.targets(odd)) for odd in (PREMIUM, "\x00", "\ud800", "1" * 9_999)] == [
        []
    ] * 4
    assert [row.state for row in rows()] == ["reserved", "reserved", *["refused"] * 4]


def test_rules_that_change_hold_from_the_next_call_on(sidecar: Sidecar) -> None:
    rules = DiallingRules(sidecar)
    assert list(rules.targets(MOBILE)) == []
    set_rules(rules={"home": {"to": ["+49*"]}})
    assert rules.targets(MOBILE)
