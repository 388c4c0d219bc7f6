"""Conference rooms and expert lines in the panel."""

import re

import pytest
from flask.testing import FlaskClient

from lines.experts import records as lines
from lines.rooms import records as rooms
from store import pins
from store.models import ConferenceRoom, ExpertLine, Mailbox
from tests.admin.records.doubles import FakeRecords
from tests.admin.records.nasty import survives

ROOM = {
    "name": "planning",
    "title": "the planning conference",
    "numbers": "701",
    "language": "zh",
    "open": "listener",
    "announce": "name",
    "wait_for_moderator": "y",
    "most_members": "20",
    "music": "",
}
LINE = {
    "name": "science",
    "title": "Ask science",
    "language": "en",
    "mailbox": "questions",
    "callback_hours-mon": "09:00-20:00",
}


@pytest.fixture
def room(client: FlaskClient) -> ConferenceRoom:
    assert client.post("/records/rooms/new/", data=ROOM).status_code == 302
    found: ConferenceRoom = ConferenceRoom.get()
    return found


def test_a_room_is_kept_with_all_that_the_form_says(room: ConferenceRoom) -> None:
    entry = rooms.entries()["planning"]
    assert (entry.numbers, entry.open, entry.announce) == (("701",), "listener", "name")
    assert (entry.wait_for_moderator, entry.record, entry.most_members) == (True, False, 20)


def test_the_pin_of_a_role_is_made_up_and_shown_once(
    client: FlaskClient, room: ConferenceRoom
) -> None:
    given = {"id": room.id, "role": "moderator", "act": "made up"}
    page = client.post("/records/rooms/pin", data=given).text
    pin = re.search(r"<strong>(\d+)</strong>", page)
    assert pin
    assert pins.is_right(ConferenceRoom.get().moderator_pin, pin[1])
    assert pin[1] not in client.get(f"/records/rooms/details/?id={room.id}").text


def test_another_roles_pin_is_refused(client: FlaskClient, room: ConferenceRoom) -> None:
    given = {"id": room.id, "act": "chosen", "pin": "739164"}
    client.post("/records/rooms/pin", data={**given, "role": "moderator"})
    page = client.post(
        "/records/rooms/pin", data={**given, "role": "speaker"}, follow_redirects=True
    ).text
    assert "another role of this room has this PIN" in page
    assert ConferenceRoom.get().speaker_pin == ""


def test_a_role_that_there_is_not_is_refused(client: FlaskClient, room: ConferenceRoom) -> None:
    given = {"id": room.id, "role": "king", "act": "none"}
    assert client.post("/records/rooms/pin", data=given).status_code == 400


def test_a_room_of_a_flow_is_not_removed(
    client: FlaskClient, room: ConferenceRoom, box: FakeRecords
) -> None:
    box.needed["701"] = ["main"]
    client.post("/records/rooms/delete/", data={"id": room.id})
    assert ConferenceRoom.select().exists()
    box.needed.clear()
    client.post("/records/rooms/delete/", data={"id": room.id})
    assert not ConferenceRoom.select().exists()


def test_hostile_text_breaks_no_room(client: FlaskClient) -> None:
    fields = ("name", "title", "numbers", "open", "announce", "music", "most_members")
    survives(client, "/records/rooms/new/", ROOM, *fields)


def test_a_line_is_kept_with_a_mailbox_that_there_is(client: FlaskClient) -> None:
    answer = client.post("/records/expert-lines/new/", data=LINE)
    assert answer.status_code == 200
    assert not ExpertLine.select().exists()
    Mailbox.create(name="questions")
    assert client.post("/records/expert-lines/new/", data=LINE).status_code == 302
    entry = lines.entries()["science"]
    assert (entry.mailbox, entry.callback_hours) == ("questions", {"mon": "09:00-20:00"})


def test_hostile_text_breaks_no_line(client: FlaskClient) -> None:
    Mailbox.create(name="questions")
    fields = ("name", "title", "mailbox", "music", "callback_hours-sun")
    survives(client, "/records/expert-lines/new/", LINE, *fields)
