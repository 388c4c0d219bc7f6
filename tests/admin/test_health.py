"""How the box is, told to monitors."""

from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from admin.app import create_app
from admin.health import Check, Health
from tests.admin.panels import a_panel


def panel_with(checks: Mapping[str, Check]) -> Flask:
    return create_app(a_panel(Path("nowhere"), checks=checks))


def test_all_well_answers_200_with_every_part(store: None) -> None:
    client = panel_with({"switch": lambda: Health(True, "up", {"calls": 2})}).test_client()
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json == {
        "status": "ok",
        "parts": {"switch": {"ok": True, "message": "up", "facts": {"calls": 2}}},
    }
    assert answer.headers["Cache-Control"] == "no-store"


def test_one_part_away_answers_503_and_the_others_are_still_told(store: None) -> None:
    checks = {
        "switch": lambda: Health(False, "away"),
        "store": lambda: Health(True, "well"),
    }
    answer = panel_with(checks).test_client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json["status"] == "degraded"
    assert answer.json["parts"]["store"]["ok"] is True


def test_a_check_that_breaks_is_a_part_that_is_not_well(store: None) -> None:
    def broken() -> Health:
        raise RuntimeError("secret inside")

    answer = panel_with({"worker": broken}).test_client().get("/healthz")
    assert answer.json["parts"]["worker"]["ok"] is False
    assert "secret" not in answer.text
