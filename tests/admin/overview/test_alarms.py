"""Alarms on the first page: seen by administrators, and silenced by them."""

import time
from pathlib import Path

import pytest
from flask import Flask

from admin.access.roles import Role
from appliance.alarms.ledger import Ledger
from appliance.alarms.standing import FOREVER, Standing
from appliance.panel_parts.alarms import KeptAlarms
from store.models import AuditEntry
from tests.admin.panels import a_panel, signed_in, without_csrf

HOUR = 3600


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with Ledger(tmp_path).alone() as ledger:
        ledger.standing["trunk <b>"] = Standing("trunk <b>", "It is <i>gone</i>.", time.time())
        ledger.standing["old"] = Standing("old", "long over", 1.0, gone=2.0)
    return tmp_path


def panel(home: Path) -> Flask:
    return without_csrf(a_panel(home, alarms=KeptAlarms(home)))


def silent_until(home: Path) -> float:
    return Ledger(home).standing["trunk <b>"].silent


def test_what_stands_is_shown_to_administrators_alone(store: None, home: Path) -> None:
    text = signed_in(panel(home)).get("/").text
    assert "It is &lt;i&gt;gone&lt;/i&gt;." in text
    assert "long over" not in text
    assert "gone&lt;/i&gt;" not in signed_in(panel(home), Role.EDITOR).get("/").text


def test_somebody_sees_to_it(store: None, home: Path) -> None:
    client = signed_in(panel(home))
    answer = client.post("/alarms", data={"kind": "trunk <b>", "hours": "0"}, follow_redirects=True)
    assert "Somebody sees to it" in answer.text
    assert silent_until(home) == FOREVER
    assert AuditEntry.get(AuditEntry.action == "silence").after["kind"] == "trunk <b>"


def test_it_is_silent_for_some_hours(store: None, home: Path) -> None:
    signed_in(panel(home)).post("/alarms", data={"kind": "trunk <b>", "hours": "8"})
    assert silent_until(home) == pytest.approx(time.time() + 8 * HOUR, abs=HOUR)


@pytest.mark.parametrize("hours", ["-1", "9999999"])
def test_no_other_number_of_hours_is_taken(store: None, home: Path, hours: str) -> None:
    client = signed_in(panel(home))
    assert client.post("/alarms", data={"kind": "trunk <b>", "hours": hours}).status_code == 400
    assert silent_until(home) == 0.0


def test_an_alarm_that_is_over_changes_nothing(store: None, home: Path) -> None:
    client = signed_in(panel(home))
    for kind in ("old", "never", "\0"):
        answer = client.post("/alarms", data={"kind": kind, "hours": "0"}, follow_redirects=True)
        assert "It is over already." in answer.text


def test_an_editor_silences_nothing(store: None, home: Path) -> None:
    answer = signed_in(panel(home), Role.EDITOR).post("/alarms", data={"kind": "trunk <b>"})
    assert answer.status_code == 403
    assert silent_until(home) == 0.0
