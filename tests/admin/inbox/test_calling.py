"""Calling back from a message's page."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin.access.roles import Role
from admin.errors import Refused
from admin.panel import Panel
from store.models import AuditEntry, Message, PanelUser
from tests.admin.inbox.messages import box, grant, said
from tests.admin.panels import Asked, signed_in, user

JSON = {"Accept": "application/json"}


@pytest.fixture
def asked(panel: Panel) -> Asked:
    found = panel.ask
    assert isinstance(found, Asked)
    found.answers["click_to_call.place"] = {"call": "call-9"}
    return found


@pytest.fixture
def ann(store: None) -> PanelUser:
    return user(Role.SEAT, "ann", person="ann-berg")


@pytest.fixture
def message(panel: Panel, ann: PanelUser) -> Message:
    desk = box("desk")
    grant(ann, desk)
    return said(panel, desk)


def click(client: FlaskClient, message: Message) -> tuple[int, str]:
    """The status, and the words."""
    answer = client.post(f"/inbox/message/{message.id}/call-back", json={}, headers=JSON)
    return answer.status_code, answer.json.get("said") or answer.json["error"]


def test_the_users_phone_is_rung_for_the_callers_number(
    app: Flask, asked: Asked, ann: PanelUser, message: Message
) -> None:
    status, said = click(signed_in(app, ann), message)
    assert (status, said) == (200, "Your phone rings. Pick it up, and the caller is rung.")
    assert asked.questions == [
        (
            "click_to_call.place",
            {
                "seat": "ann-berg",
                "number": "+4930123456",
                "asked_by": "ann",
                "for_call": message.call,
            },
        )
    ]
    assert AuditEntry.get(AuditEntry.action == "call back").after == {"number": "+4930123456"}


def test_the_number_that_the_caller_gave_counts_more(
    app: Flask, asked: Asked, ann: PanelUser, message: Message
) -> None:
    Message.update(callback_number="+49301", withheld=True).execute()
    click(signed_in(app, ann), message)
    assert asked.questions[0][1]["number"] == "+49301"


def test_whoever_withheld_their_number_is_not_called(
    app: Flask, asked: Asked, ann: PanelUser, message: Message
) -> None:
    Message.update(withheld=True).execute()
    client = signed_in(app, ann)
    assert "data-call" not in client.get(f"/inbox/message/{message.id}").text
    assert click(client, message) == (409, "This caller left no number.")
    assert asked.questions == []


def test_a_user_without_a_phone_is_told_so(
    app: Flask, asked: Asked, ann: PanelUser, message: Message
) -> None:
    PanelUser.update(person="").where(PanelUser.id == ann.id).execute()
    status, words = click(signed_in(app, PanelUser.get_by_id(ann.id)), message)
    assert (status, "does not know your phone" in words) == (409, True)


def test_what_the_dialling_rules_say_is_shown_and_the_page_goes_on(
    app: Flask, asked: Asked, ann: PanelUser, message: Message
) -> None:
    def refuse(**_: object) -> None:
        raise Refused("no rule allows +4930123456")

    asked.answers["click_to_call.place"] = refuse
    client = signed_in(app, ann)
    assert click(client, message) == (409, "no rule allows +4930123456")
    assert client.get(f"/inbox/message/{message.id}").status_code == 200
    assert not AuditEntry.select().where(AuditEntry.action == "call back").exists()


def test_a_box_that_is_away_is_said_to_be(
    app: Flask, asked: Asked, ann: PanelUser, message: Message
) -> None:
    asked.away = True
    client = signed_in(app, ann)
    assert click(client, message)[0] == 409
    assert client.get(f"/inbox/message/{message.id}").status_code == 200


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("ringing", "Your phone rings"),
        ("calling", "the caller is being rung"),
        ("busy", "busy"),
        ("seat_unreachable", "is it switched on?"),
        ("forbidden", "do not allow this number: why"),
        ("odd", "did not work: why"),
    ],
)
def test_how_the_call_goes_is_told(
    app: Flask, asked: Asked, ann: PanelUser, state: str, words: str
) -> None:
    asked.answers["click_to_call.how"] = {"state": state, "reason": "why", "over": True}
    answer = signed_in(app, ann).get("/inbox/calling/call-9", headers=JSON)
    assert words in answer.json["said"]
    assert asked.questions == [("click_to_call.how", {"call": "call-9", "asked_by": "ann"})]


@pytest.mark.parametrize("role", [Role.HOST, Role.READ_ONLY, Role.REVIEWER])
def test_who_may_not_call_out_does_not(app: Flask, asked: Asked, role: Role) -> None:
    client = signed_in(app, role)
    assert client.post("/inbox/message/m1/call-back").status_code == 403
    assert client.get("/inbox/calling/call-9").status_code == 403
    assert asked.questions == []
