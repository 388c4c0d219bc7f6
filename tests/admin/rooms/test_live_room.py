"""The live page of a conference room."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin.access.roles import Role
from admin.errors import Refused
from store.models import AuditEntry
from tests.admin.panels import Asked, signed_in

from .rooms import a_room, member, state

ANN = member(4, name="Ann", caller="0301234567", role="moderator", talking=True)
BOB = member(5, caller="0307654321", muted=True, hand=1)


def test_the_page_shows_who_is_there_and_who_speaks(leader: FlaskClient, box: Asked) -> None:
    room = a_room(title="the planning conference", numbers=["701"])
    box.answers["rooms.who"] = state(ANN, BOB, locked=True)
    page = leader.get(f"/rooms/{room.id}/").text
    for words in (
        "the planning conference",
        "701",
        "Ann",
        "moderator",
        "speaks",
        "muted",
        "hand 1",
    ):
        assert words in page
    assert "locked: nobody else comes in" in page


def test_a_button_asks_the_box_and_is_kept(leader: FlaskClient, box: Asked) -> None:
    room = a_room()
    box.answers["rooms.mute"] = state(ANN, BOB)
    answer = leader.post(f"/rooms/{room.id}/act/mute", json={"member": "5"})
    assert box.questions == [("rooms.mute", {"room": "planning", "member": 5})]
    assert "Ann" in answer.json["part"]
    kept = AuditEntry.get()
    assert (kept.user, kept.action, kept.subject_id) == ("leader", "mute", "planning")
    assert kept.after == {"member": 5}


def test_a_button_works_without_a_script(leader: FlaskClient, box: Asked) -> None:
    room = a_room()
    box.answers |= {"rooms.lock": state(ANN), "rooms.who": state(ANN, locked=True)}
    page = leader.post(f"/rooms/{room.id}/act/lock", follow_redirects=True).text
    assert "Done." in page
    assert "Open the room" in page


def test_people_and_numbers_are_called_in(leader: FlaskClient, box: Asked) -> None:
    room = a_room()
    box.answers["rooms.dial"] = {"anna": "ringing", "0900123": "forbidden"}
    answer = leader.post(
        f"/rooms/{room.id}/act/dial", json={"to": "anna, 0900123", "role": "listener"}
    )
    given = {"room": "planning", "to": ["anna", "0900123"], "role": "listener"}
    assert box.questions == [("rooms.dial", given)]
    assert answer.json["told"] == "anna: it rings; 0900123: the dialling rules forbid this call"


@pytest.mark.parametrize(
    ("act", "wish"),
    [
        ("dial", {"to": " , "}), ("dial", {"to": "a," * 30}), ("dial", {"to": "x" * 1000}),
        ("dial", {"to": "anna", "role": "pope"}), ("kick", {"member": "0"}),
        ("kick", {"member": "-1"}), ("mute", {"member": "9" * 400}), ("mute", {"member": "five"}),
        ("announce", {"text": "\n"}),
    ],
)  # fmt: skip
def test_odd_wishes_are_refused_before_the_box_is_asked(
    leader: FlaskClient, box: Asked, act: str, wish: dict[str, str]
) -> None:
    answer = leader.post(f"/rooms/{a_room().id}/act/{act}", json=wish)
    assert answer.status_code == 409
    assert answer.json["error"]
    assert box.questions == []


@pytest.mark.parametrize("body", ["[1]", "null", '"x"', "{", '{"member": {"a": 1}}'])
def test_what_is_no_wish_does_no_harm(leader: FlaskClient, box: Asked, body: str) -> None:
    box.answers["rooms.mute"] = state(ANN)
    answer = leader.post(
        f"/rooms/{a_room().id}/act/mute", data=body, content_type="application/json"
    )
    assert answer.status_code == 200


def test_names_of_callers_are_only_words(leader: FlaskClient, box: Asked) -> None:
    room = a_room()
    box.answers["rooms.who"] = state(member(1, name="<script>alert(1)</script>‮", caller='"><b>'))
    page = leader.get(f"/rooms/{room.id}/now").text
    assert "<script>" not in page
    assert "<b>" not in page


def test_while_the_box_is_away_the_page_says_so_and_works(leader: FlaskClient, box: Asked) -> None:
    room = a_room()
    box.away = True
    page = leader.get(f"/rooms/{room.id}/")
    assert page.status_code == 200
    assert "The box does not answer just now" in page.text
    assert leader.get(f"/rooms/{room.id}/now").status_code == 409
    acted = leader.post(f"/rooms/{room.id}/act/lock", json={})
    assert (acted.status_code, acted.json["error"]) == (409, "the callbox does not answer")


def test_what_the_box_refuses_is_told(leader: FlaskClient, box: Asked) -> None:
    def refuse(**_: object) -> None:
        raise Refused("0900123: no rule names this premium number exactly")

    box.answers["rooms.dial"] = refuse
    answer = leader.post(f"/rooms/{a_room().id}/act/dial", json={"to": "0900123"})
    assert answer.json["error"] == "0900123: no rule names this premium number exactly"
    assert AuditEntry.select().count() == 0


def test_whoever_may_only_look_has_no_buttons(app: Flask, box: Asked) -> None:
    room = a_room()
    box.answers["rooms.who"] = state(ANN)
    reader = signed_in(app, Role.READ_ONLY)
    page = reader.get(f"/rooms/{room.id}/").text
    assert "Ann" in page
    assert "data-act" not in page
    assert reader.post(f"/rooms/{room.id}/act/lock").status_code == 403
    assert box.questions == [("rooms.who", {"room": "planning"})]


@pytest.mark.parametrize(
    "odd",
    ["/rooms/9/", "/rooms/99999999999999999999/", "/rooms/9/now", "/rooms/x/", "/rooms/-1/"],
)
def test_a_room_that_is_not_there_is_told(leader: FlaskClient, odd: str) -> None:
    assert leader.get(odd).status_code == 404


def test_an_order_that_does_not_exist_is_told(leader: FlaskClient) -> None:
    assert leader.post(f"/rooms/{a_room().id}/act/explode", json={}).status_code == 404


def test_the_list_shows_rooms_with_somebody_in_them(leader: FlaskClient, box: Asked) -> None:
    a_room("planning", numbers=["701"])
    a_room("press", title="Press briefing", open="listener")
    box.answers["rooms.live"] = [
        {"room": "press", "members": 48, "locked": True, "recorded": False}
    ]
    page = leader.get("/rooms/").text
    assert "Press briefing" in page
    assert "48 here" in page
    assert page.count("empty") >= 1
    box.away = True
    assert "the box does not answer" in leader.get("/rooms/").text
