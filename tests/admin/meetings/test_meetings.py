"""Meetings are made, moved and cancelled in the browser, and guests asked to them."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin.access.roles import Role
from admin.panel import Panel
from lines.meetings import listing
from lines.people import records as people
from lines.people.entry import checked
from store.models import AuditEntry, Meeting, MeetingGuest
from tests.admin.panels import Asked, signed_in
from tests.admin.pieces.doubles import FakeAir
from tests.admin.rooms.rooms import a_room

BEGINS = (datetime.now(UTC) + timedelta(days=2)).replace(minute=0, second=0, microsecond=0)
SHOWN = f"{BEGINS.astimezone(ZoneInfo('Europe/Berlin')):%Y-%m-%dT%H:%M}"


@pytest.fixture
def leader(app: Flask) -> FlaskClient:
    a_room("planning", title="Planning")
    people.create(checked("DE", name="anna", title="Anna Berg", mail="anna@daily.example"))
    return signed_in(app, Role.LEADER)


def wish(**facts: Any) -> dict[str, Any]:
    usual = {
        "title": "Election night", "room": "planning", "starts_at": SHOWN, "minutes": "90",
        "organiser": "anna", "language": "en",
    }  # fmt: skip
    return usual | facts


def made(leader: FlaskClient) -> Meeting:
    leader.post("/meetings/new", data=wish())
    return Meeting.get()


def asked(leader: FlaskClient, meeting: Meeting, **facts: Any) -> Any:
    usual = {"person": "", "role": "speaker", "call_before": "0", "mail_before": "0"}
    url = f"/meetings/{meeting.id}/guests"
    return leader.post(url, data=usual | facts, follow_redirects=True)


def test_a_meeting_is_made_and_stands_in_the_list(leader: FlaskClient) -> None:
    meeting = made(leader)
    assert (meeting.title, meeting.minutes, meeting.starts_at) == ("Election night", 90, BEGINS)
    assert "Election night" in leader.get("/meetings/").text
    assert AuditEntry.get().action == "create"


def test_the_calendar_shows_a_meeting_in_its_month(leader: FlaskClient) -> None:
    link = f'href="/meetings/{made(leader).id}/"'
    assert leader.get(f"/meetings/?month={SHOWN[:7]}").text.count(link) == 2
    assert leader.get("/meetings/?month=2001-02").text.count(link) == 1  # among those to come


def test_a_guest_with_an_address_is_invited_at_once(leader: FlaskClient, panel: Panel) -> None:
    meeting = made(leader)
    page = asked(leader, meeting, name="Dr. Fall", mail="fall@uni.example").text
    assert "Dr. Fall" in page
    assert "invitation: planned" in page
    assert cast(FakeAir, panel.air).mails
    assert cast(Asked, panel.ask).questions == [("meetings.changed", {})]


def test_a_guest_is_asked_even_while_the_box_is_away(leader: FlaskClient, panel: Panel) -> None:
    meeting = made(leader)
    cast(Asked, panel.ask).away = True
    page = asked(leader, meeting, person="anna").text
    assert "The box will see to it when it runs" in page
    assert MeetingGuest.get().person == "anna"


@pytest.mark.parametrize(
    "odd",
    [
        {}, {"mail": "no address"}, {"number": "x"}, {"person": "anna", "number": "030123456"},
        {"person": "nobody"}, {"number": "030123456", "role": "pope"},
        {"name": "a\nb", "mail": "a@b.example"}, {"name": "a\x07b", "mail": "a@b.example"},
        {"number": "030 123456", "call_before": "9" * 30}, {"mail": "a@b.example", "dial_out": "y"},
        {"name": "only a name"},
    ],
)  # fmt: skip
def test_an_odd_guest_is_told_and_not_asked(leader: FlaskClient, odd: dict[str, str]) -> None:
    answer = asked(leader, made(leader), **odd)
    assert answer.status_code == 200
    assert 'class="fault"' in answer.text or 'class="note bad"' in answer.text
    assert MeetingGuest.select().count() == 0


@pytest.mark.parametrize(
    "odd",
    [
        {"title": ""}, {"title": "x" * 201}, {"room": "none"}, {"starts_at": "2001-01-01T10:00"},
        {"starts_at": "9999-12-31T23:59"}, {"minutes": "0"}, {"minutes": "1441"},
        {"organiser": "nobody"}, {"language": "fr"}, {"title": "a\x07b"},
    ],
)  # fmt: skip
def test_an_odd_meeting_is_told_and_not_made(leader: FlaskClient, odd: dict[str, str]) -> None:
    answer = leader.post("/meetings/new", data=wish(**odd))
    assert answer.status_code == 200
    assert 'class="fault"' in answer.text or 'class="note bad"' in answer.text
    assert Meeting.select().count() == 0


def test_a_meeting_is_moved(leader: FlaskClient) -> None:
    meeting = made(leader)
    later = f"{datetime.fromisoformat(SHOWN) + timedelta(days=1):%Y-%m-%dT%H:%M}"
    page = leader.post(
        f"/meetings/{meeting.id}/move",
        data={"starts_at": later, "minutes": "30"},
        follow_redirects=True,
    ).text
    assert "The meeting is moved" in page
    found = listing.meeting(meeting.id).meeting
    assert (found.minutes, found.revision) == (30, 1)


def test_a_cancelled_meeting_takes_nobody_any_more(leader: FlaskClient) -> None:
    meeting = made(leader)
    leader.post(f"/meetings/{meeting.id}/cancel")
    assert "Ask somebody" not in leader.get(f"/meetings/{meeting.id}/").text
    assert asked(leader, meeting, person="anna").status_code == 409
    assert leader.post(f"/meetings/{meeting.id}/cancel").status_code == 409
    assert "Election night" not in leader.get("/meetings/?month=2001-02").text
    assert "cancelled" in leader.get("/meetings/?all=1&month=2001-02").text


def test_a_guest_is_dismissed(leader: FlaskClient) -> None:
    meeting = made(leader)
    asked(leader, meeting, person="anna")
    url = f"/meetings/{meeting.id}/guests"
    page = leader.post(f"{url}/{MeetingGuest.get().id}/dismiss", follow_redirects=True).text
    assert "not asked any more" in page
    assert leader.post(f"{url}/999/dismiss").status_code == 404


def test_a_meeting_that_is_not_there_is_told(leader: FlaskClient) -> None:
    for url in ("/meetings/9/", "/meetings/x/", "/meetings/99999999999999/"):
        assert leader.get(url).status_code == 404
    for act in ("move", "cancel", "guests", "guests/1/dismiss"):
        assert leader.post(f"/meetings/9/{act}", data=wish()).status_code == 404


def test_whoever_may_only_look_makes_none(app: Flask, leader: FlaskClient) -> None:
    meeting = made(leader)
    reader = signed_in(app, Role.READ_ONLY)
    assert reader.get(f"/meetings/{meeting.id}/").status_code == 200
    for act in ("new", f"{meeting.id}/move", f"{meeting.id}/cancel", f"{meeting.id}/guests"):
        assert reader.post(f"/meetings/{act}", data=wish()).status_code == 403
