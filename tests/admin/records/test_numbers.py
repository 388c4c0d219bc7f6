"""Numbers, hours, rules and trunks in the panel."""

from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin.access.roles import Role
from lines.dialling import records
from store import routes
from store.models import (
    AuditEntry,
    DialAttempt,
    DiallingRule,
    Flow,
    Greeting,
    Holiday,
    Mailbox,
    Route,
    Trunk,
)
from tests.admin.panels import signed_in
from tests.admin.records.nasty import NASTY, survives
from voicemail.boxes import door

ROUTE = {"number": "100", "flow": "main", "closed": "", "hours-mon": "", "hours-tue": ""}
RULE = {"name": "home", "refuse": "", "to": "+49*", "countries": "AT", "classes": ["mobile"]}
TRUNK = {"name": "main", "host": "sip.example", "gateway": "", "shows": "nothing", "form": "e164"}


@pytest.fixture(autouse=True)
def flows(store: None) -> None:
    for name in ("main", "night"):
        Flow.create(name=name)


def test_routes_are_kept_in_an_order_that_can_be_changed(client: FlaskClient) -> None:
    for number in ("100", "101", "1*"):
        given = {**ROUTE, "number": number}
        assert client.post("/records/routes/new/", data=given).status_code == 302
    last = Route.get(Route.number == "1*")
    for _ in range(3):
        client.post("/records/routes/move", data={"id": last.id, "way": "up"})
    assert [route.number for route in routes.load().routes] == ["1*", "100", "101"]
    client.post("/records/routes/move", data={"id": last.id, "way": "down"})
    assert [route.number for route in routes.load().routes] == ["100", "1*", "101"]


def test_the_page_tells_which_flow_answers_a_number_now(client: FlaskClient) -> None:
    client.post("/records/routes/new/", data=ROUTE)
    assert "hears the flow main" in client.get("/records/routes/?asked=100").text
    assert "Nobody answers 999" in client.get("/records/routes/?asked=999").text


def test_a_route_is_changed_and_removed_and_both_are_kept(client: FlaskClient) -> None:
    client.post("/records/routes/new/", data=ROUTE)
    row = Route.get()
    url = f"/records/routes/edit/?id={row.id}"
    given = {**ROUTE, "hours-mon": "08:00-18:00", "closed": "night"}
    assert client.post(url, data=given).status_code == 302
    changed = Route.get()
    assert (changed.id, changed.hours, changed.closed) == (row.id, {"mon": "08:00-18:00"}, "night")
    client.post("/records/routes/delete/", data={"id": row.id})
    assert not Route.select().exists()
    assert [entry.action for entry in AuditEntry.select()] == ["create", "change", "delete"]


def test_hostile_routes_break_nothing(client: FlaskClient) -> None:
    survives(client, "/records/routes/new/", ROUTE, "number", "flow", "closed", "hours-mon")
    for text in NASTY.values():
        asked = client.get("/records/routes/", query_string={"asked": text[:9_000]})
        assert asked.status_code == 200
        assert "<script>alert" not in asked.text
        assert client.post("/records/routes/move", data={"id": text}).status_code == 404


def test_the_week_shows_what_has_hours(client: FlaskClient) -> None:
    assert "everything is always open" in client.get("/records/hours/").text
    given = {**ROUTE, "hours-mon": "08:00-18:00", "hours-sun": "22:00-06:00"}
    client.post("/records/routes/new/", data=given)
    page = client.get("/records/hours/").text
    assert "100 → main" in page
    assert page.count('class="open"') == 3


def test_a_rule_is_kept_and_the_door_is_asked(client: FlaskClient) -> None:
    assert client.post("/records/dialling/new/", data=RULE).status_code == 302
    assert client.post("/records/trunks/new/", data=TRUNK).status_code == 302
    assert records.rulebook().rules["home"].classes == ("mobile",)
    page = client.get("/records/dialling/?asked=0171+1234567").text
    assert "Yes, it would be dialled now." in page
    page = client.get("/records/dialling/?asked=0900+1234567").text
    assert "No, it would be refused now." in page
    assert not DialAttempt.select().exists()


def test_rules_keep_their_order_when_one_is_changed(client: FlaskClient) -> None:
    for name in ("one", "two", "three"):
        client.post("/records/dialling/new/", data={**RULE, "name": name})
    two = DiallingRule.get(DiallingRule.name == "two")
    url = f"/records/dialling/edit/?id={two.id}"
    page = client.get(url).text
    assert 'value="+49*"' in page
    client.post(url, data={**RULE, "name": "two", "refuse": "yes"})
    assert list(records.rulebook().rules) == ["one", "two", "three"]
    assert records.rulebook().rules["two"].refuse


def test_a_rule_for_everything_is_told_at_the_form(client: FlaskClient) -> None:
    given = {**RULE, "to": "", "countries": "", "classes": []}
    assert "a rule for everything is none" in client.post("/records/dialling/new/", data=given).text


def test_a_trunk_without_a_way_is_told_at_the_form(client: FlaskClient) -> None:
    answer = client.post("/records/trunks/new/", data={**TRUNK, "host": ""})
    assert "expected either host or gateway" in answer.text
    assert not Trunk.select().exists()


def test_hostile_rules_and_trunks_break_nothing(client: FlaskClient) -> None:
    survives(client, "/records/dialling/new/", RULE, "name", "refuse", "to", "countries", "classes",
             "doors", "hours-fri")  # fmt: skip
    survives(client, "/records/trunks/new/", TRUNK, "name", "host", "gateway", "shows", "numbers",
             "form")  # fmt: skip
    for text in NASTY.values():
        for name in ("asked", "door"):
            given = {"asked": "100", name: text[:9_000]}
            assert client.get("/records/dialling/", query_string=given).status_code == 200


def test_limits_are_kept_and_empty_ones_are_none(client: FlaskClient) -> None:
    given = {
        "all-per_hour": "10",
        "all-per_day": "",
        "mobile-per_day": "5",
        "premium-per_hour": "0",
    }
    assert client.post("/records/limits/", data=given).status_code == 302
    book = records.rulebook()
    assert (book.overall.per_hour, book.overall.per_day) == (10, None)
    assert {str(cost): one.per_day for cost, one in book.classes.items()} == {
        "mobile": 5,
        "premium": None,
    }


def test_hostile_limits_are_told_and_nothing_changes(client: FlaskClient) -> None:
    client.post("/records/limits/", data={"all-per_hour": "10"})
    for kind, text in NASTY.items():
        if kind == "empty":
            continue
        page = client.post("/records/limits/", data={"all-per_hour": text, "mobile-per_day": text})
        assert page.status_code == 200, kind
        assert "<script>alert" not in page.text
    assert records.rulebook().overall.per_hour == 10


def test_an_editor_sees_the_rules_and_cannot_change_them(app: Flask) -> None:
    editor = signed_in(app, Role.EDITOR)
    assert editor.get("/records/dialling/").status_code == 200
    for url in ("dialling/new/", "trunks/new/", "limits/", "dialling/move", "trunks/move"):
        assert editor.post(f"/records/{url}", data=RULE).status_code == 403


def test_on_a_holiday_what_has_hours_is_closed(client: FlaskClient) -> None:
    given = {**ROUTE, "hours-mon": "08:00-18:00", "closed": "night"}
    client.post("/records/routes/new/", data=given)
    client.post("/records/routes/new/", data={**ROUTE, "number": "101"})
    mondays = [datetime(2027, 4, 5, 12), datetime(2027, 4, 12, 12)]
    client.post("/records/hours/holiday", data={"day": "2027-04-05", "name": "Easter Monday"})
    assert [routes.route_for("100", at) for at in mondays] == ["night", "main"]
    assert [routes.route_for("101", at) for at in mondays] == ["main", "main"]
    client.post("/records/hours/holiday", data={"day": "04-12"})
    assert routes.route_for("100", mondays[1]) == "night"
    assert "Easter Monday" in client.get("/records/hours/").text
    for day in ("2027-04-05", "04-12"):
        client.post("/records/hours/holiday/remove", data={"day": day})
    assert [routes.route_for("100", at) for at in mondays] == ["main", "main"]


def test_a_mailbox_with_hours_greets_as_closed_on_a_holiday(store: None, tmp_path: Path) -> None:
    box = Mailbox.create(name="desk", hours={"mon": "08:00-18:00"})
    for kind in ("standard", "closed"):
        Greeting.create(mailbox=box, kind=kind, text=kind)
    monday = datetime(2027, 4, 5, 12)
    found = door(tmp_path, "desk", "auto", monday).greeting
    assert found is not None
    assert found.kind == "standard"
    Holiday.create(day="04-05")
    found = door(tmp_path, "desk", "auto", monday).greeting
    assert found is not None
    assert found.kind == "closed"


def test_what_is_no_day_is_refused(client: FlaskClient) -> None:
    for text in (*NASTY.values(), "2027-02-29", "13-01", "2027-4-5", "٠٤-٠٥"):
        for url in ("holiday", "holiday/remove"):
            given = {"day": text, "name": text}
            page = client.post(f"/records/hours/{url}", data=given, follow_redirects=True)
            assert page.status_code == 200
            assert "<script>alert" not in page.text
    assert not Holiday.select().exists()
    client.post("/records/hours/holiday", data={"day": "02-29", "name": NASTY["script"]})
    assert Holiday.get().day == "02-29"
