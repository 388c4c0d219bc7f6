"""Experts' hours are planned in the browser."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from lines.experts import sessions
from store.models import AuditEntry, ExpertSession
from store.models.expert import SessionState
from tests.lines.experts.planned import ZONE, make

from .hours import SOON, an_hour

BEGINS = SOON.astimezone(ZONE).replace(tzinfo=None)


def wish(**facts: Any) -> dict[str, Any]:
    usual = {
        "line": "science", "topic": "Bees", "expert": "storm", "host": "anna",
        "starts_at": f"{BEGINS:%Y-%m-%dT%H:%M}", "minutes": "45", "listeners": "300",
        "languages": ["en", "yue"], "record": "y",
    }  # fmt: skip
    return usual | facts


def test_an_hour_is_planned_and_its_pins_are_shown_once(host: FlaskClient) -> None:
    make()
    page = host.post("/hours/new", data=wish()).text
    hour = ExpertSession.get()
    assert (hour.topic, hour.minutes, hour.expert.name, hour.host.name) == (
        "Bees", 45, "storm", "anna"
    )  # fmt: skip
    assert hour.starts_at == SOON
    assert (hour.languages, hour.record, hour.call_expert) == (["en", "yue"], True, False)
    assert page.count('class="pin"') == 3
    assert "not shown again" in page
    assert 'class="pin"' not in host.get(f"/hours/{hour.id}/").text
    actions = [entry.action for entry in AuditEntry.select()]
    assert actions == ["create", "new PINs"]
    assert "$argon2" not in str([entry.after for entry in AuditEntry.select()])


def test_two_hours_of_a_line_do_not_overlap(host: FlaskClient) -> None:
    other = an_hour(topic="The weather")
    answer = host.post("/hours/new", data=wish())
    assert "The line has another hour then: “The weather”" in answer.text
    assert [row.id for row in ExpertSession.select()] == [other.id]


@pytest.mark.parametrize(
    "odd",
    [
        {"topic": ""}, {"topic": "x" * 201}, {"expert": "nobody"}, {"line": "none"},
        {"starts_at": ""}, {"starts_at": "soon"}, {"starts_at": "2001-01-01T10:00"},
        {"starts_at": "9999-12-31T23:59"}, {"starts_at": "0001-01-01T00:00"},
        {"minutes": "3"}, {"minutes": "x"}, {"minutes": "9" * 5000}, {"listeners": "-1"},
        {"listeners": "381"}, {"languages": ["fr"]}, {"introduction": "x" * 2001},
        {"jingle": "../../etc"}, {"minutes": ""}, {"listeners": ""},
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_field(host: FlaskClient, odd: dict[str, Any]) -> None:
    make()
    answer = host.post("/hours/new", data=wish(**odd))
    assert answer.status_code == 200
    assert 'class="fault"' in answer.text
    assert ExpertSession.select().count() == 0


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "‮𝕏💐", "x\0y"])
def test_odd_topics_are_only_words(host: FlaskClient, text: str) -> None:
    make()
    answer = host.post("/hours/new", data=wish(topic=text))
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "<script>alert" not in host.get("/hours/").text


def test_an_hour_is_changed(host: FlaskClient) -> None:
    hour = an_hour()
    form = host.get(f"/hours/{hour.id}/edit").text
    assert f'value="{BEGINS:%Y-%m-%dT%H:%M}' in form
    later = f"{BEGINS + timedelta(hours=2):%Y-%m-%dT%H:%M}"
    answer = host.post(
        f"/hours/{hour.id}/edit", data=wish(starts_at=later, host=""), follow_redirects=True
    )
    assert "The hour is changed." in answer.text
    row = sessions.known(hour.id)
    assert (row.topic, row.host, row.starts_at) == ("Bees", None, SOON + timedelta(hours=2))
    kept = AuditEntry.get()
    assert (kept.before["topic"], kept.after["topic"]) == ("The weather", "Bees")


def test_an_hour_that_runs_is_not_changed(host: FlaskClient) -> None:
    hour = an_hour()
    ExpertSession.update(state=SessionState.LIVE).execute()
    assert host.post(f"/hours/{hour.id}/edit", data=wish()).status_code == 409
    assert host.post(f"/hours/{hour.id}/cancel").status_code == 409
    assert sessions.known(hour.id).topic == "The weather"


def test_an_hour_is_cancelled_with_its_reason(host: FlaskClient) -> None:
    hour = an_hour()
    page = host.post(
        f"/hours/{hour.id}/cancel", data={"reason": "the expert is ill"}, follow_redirects=True
    ).text
    assert "the expert is ill" in page
    assert sessions.known(hour.id).state == SessionState.CANCELLED


def test_the_calendar_shows_an_hour_on_its_day_in_the_papers_zone(host: FlaskClient) -> None:
    hour = an_hour()
    page = host.get(f"/hours/?month={BEGINS:%Y-%m}").text
    assert page.count(f'href="/hours/{hour.id}/"') == 2  # among those to come, too
    assert f"{BEGINS.year}" in page
    earlier = host.get("/hours/?month=2001-02").text
    assert "February 2001" in earlier
    assert earlier.count(f'href="/hours/{hour.id}/"') == 1


@pytest.mark.parametrize("month", ["", "x", "9999-99", "0000-01", "2027-13", "9999-12", "²"])
def test_an_odd_month_is_the_present_one(host: FlaskClient, month: str) -> None:
    assert host.get("/hours/", query_string={"month": month}).status_code == 200


def test_a_screener_does_not_plan(screener: FlaskClient) -> None:
    hour = an_hour()
    for url in ("new", f"{hour.id}/edit", f"{hour.id}/cancel", f"{hour.id}/pins"):
        assert screener.post(f"/hours/{url}", data=wish()).status_code == 403
    assert "Plan an hour" not in screener.get("/hours/").text
