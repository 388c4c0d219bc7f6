"""One message: its page, its sound, and what is done about it."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from admin.access.roles import Role
from admin.panel import Panel
from store.models import (
    AuditEntry,
    Correction,
    Delivery,
    Mailbox,
    Message,
    MessageAssignment,
    MessageNote,
    Transcript,
)
from tests.admin.inbox.messages import box, grant, said, voicemail
from tests.admin.panels import signed_in, user
from tests.voicemail.left import heard, leave, mailbox

JSON = {"Accept": "application/json"}


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return signed_in(app)


def act(client: FlaskClient, message: Message, what: str, **given: Any) -> TestResponse:
    """As the page's script does it."""
    return client.post(f"/inbox/message/{message.id}/{what}", json=given, headers=JSON)


def now(message: Message) -> Message:
    return Message.get_by_id(message.id)


def kept(action: str) -> AuditEntry:
    """The only entry of the log about that."""
    [entry] = AuditEntry.select().where(AuditEntry.action == action)
    return entry


def page(client: FlaskClient, message: Message) -> str:
    answer = client.get(f"/inbox/message/{message.id}")
    assert answer.status_code == 200
    return answer.text


def test_the_page_shows_each_word_with_its_time_and_doubt(
    client: FlaskClient, panel: Panel
) -> None:
    message = leave(box("desk"), voicemail(panel))
    heard(message, ("the", 1.0), ("road", 0.3))
    text = page(client, message)
    assert 'class="word shade0" data-start="0.0" data-end="0.5">the<' in text
    assert 'class="word shade3" data-start="1.0" data-end="1.5" title="doubtful' in text


@pytest.mark.parametrize("state", ["waiting", "running", "failed", "done"])
def test_a_message_without_words_says_why(client: FlaskClient, panel: Panel, state: str) -> None:
    message = leave(box("desk"), voicemail(panel))
    Transcript.update(state=state, error="no engine" if state == "failed" else "").execute()
    wanted = {"failed": "please listen", "done": "No words were understood"}
    assert wanted.get(state, "Being written down") in page(client, message)


def test_a_message_whose_mailbox_writes_nothing_down_has_a_page(
    client: FlaskClient, panel: Panel
) -> None:
    message = leave(box("desk", transcribe=False), voicemail(panel), sound="")
    text = page(client, message)
    assert "Not written down" in text
    assert "not there any more" in text


def test_the_sound_is_heard_in_parts_and_taken_home(client: FlaskClient, panel: Panel) -> None:
    message = said(panel, box("desk"))
    sound = (voicemail(panel) / message.path).read_bytes()
    url = f"/inbox/message/{message.id}/audio"
    part = client.get(url, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.data) == (206, sound[100:200])
    home = client.get(f"{url}?download=1")
    assert home.data == sound
    name = "2026-11-21-2230-desk-+4930123456.wav"
    assert home.headers["Content-Disposition"].endswith(f"filename={name}")


def test_the_picture_follows_the_sound(client: FlaskClient, panel: Panel) -> None:
    message = said(panel, box("desk"))
    found = client.get(f"/inbox/message/{message.id}/peaks").json
    assert 500 < len(found["peaks"]) <= 600
    assert 0.1 < max(found["peaks"]) <= 1.0
    assert min(found["peaks"]) < max(found["peaks"]) / 10


def test_a_file_that_is_no_sound_has_an_empty_picture(client: FlaskClient, panel: Panel) -> None:
    message = said(panel, box("desk"))
    (voicemail(panel) / message.path).write_bytes(b"RIFF not at all")
    assert client.get(f"/inbox/message/{message.id}/peaks").json["peaks"] == []


def test_what_is_gone_has_no_sound(client: FlaskClient, panel: Panel) -> None:
    message = said(panel, box("desk"), sound="")
    for what in ("audio", "peaks", "comment"):
        assert client.get(f"/inbox/message/{message.id}/{what}").status_code == 404


def test_who_plays_it_is_the_one_who_heard_it(client: FlaskClient, panel: Panel) -> None:
    message = said(panel, box("desk"))
    act(client, message, "played")
    first = now(message).heard_at
    act(client, message, "played")
    assert first is not None
    assert now(message).heard_at == first
    assert now(message).state == "new"
    assert kept("hear").subject_id == message.id


@pytest.mark.parametrize(
    ("state", "mark", "then"),
    [
        ("new", "saved", "saved"),
        ("saved", "new", "new"),
        ("new", "archived", "archived"),
        ("archived", "saved", "saved"),
        ("archived", "new", "new"),
        ("saved", "deleted", "deleted"),
        ("archived", "deleted", "deleted"),
    ],
)
def test_a_message_is_marked(
    client: FlaskClient, panel: Panel, state: str, mark: str, then: str
) -> None:
    message = said(panel, box("desk"))
    Message.update(state=state).execute()
    assert act(client, message, "mark", **{"as": mark}).status_code == 200
    assert now(message).state == then
    entry = kept("change")
    assert (entry.before, entry.after) == ({"state": state}, {"state": then})


def test_what_was_deleted_comes_back_where_it_was(client: FlaskClient, panel: Panel) -> None:
    message = said(panel, box("desk"))
    Message.update(state="archived").execute()
    act(client, message, "mark", **{"as": "deleted"})
    act(client, message, "mark", **{"as": "restored"})
    assert now(message).state == "archived"


@pytest.mark.parametrize("mark", ["", "purged", "recording", "'; --", "x" * 9_000])
def test_there_are_no_other_marks(client: FlaskClient, panel: Panel, mark: str) -> None:
    message = said(panel, box("desk"))
    assert act(client, message, "mark", **{"as": mark}).status_code == 400
    assert now(message).state == "new"


def test_what_somebody_else_deleted_meanwhile_is_not_marked(
    client: FlaskClient, panel: Panel
) -> None:
    message = said(panel, box("desk"))
    Message.update(state="deleted").execute()
    answer = act(client, message, "mark", **{"as": "saved"})
    assert answer.status_code == 409
    assert "Somebody else has moved" in answer.json["error"]


def test_a_message_is_urgent_and_then_not(client: FlaskClient, panel: Panel) -> None:
    message = said(panel, box("desk"))
    act(client, message, "urgent", urgent="1")
    assert now(message).urgent
    act(client, message, "urgent", urgent="0")
    assert not now(message).urgent


def test_a_correction_counts_until_it_is_taken_back(client: FlaskClient, panel: Panel) -> None:
    message = said(panel, box("desk"), "the lake is toast")
    act(client, message, "correct", text="The lake is closed", base="0")
    text = page(client, message)
    assert '<p class="corrected" id="corrected">The lake is closed</p>' in text
    assert "Corrected by Administrator" in text
    assert ">toast<" in text
    entry = kept("correct")
    assert (entry.before, entry.after) == (
        {"text": "the lake is toast"},
        {"text": "The lake is closed"},
    )
    act(client, message, "take-back", base=Correction.get().id)
    assert "Corrected by" not in page(client, message)


def test_nobody_overwrites_a_correction_that_they_have_not_seen(
    client: FlaskClient, app: Flask, panel: Panel
) -> None:
    message = said(panel, box("desk"), "the lake is toast")
    act(client, message, "correct", text="The lake is closed", base="0")
    answer = act(signed_in(app, Role.EDITOR), message, "correct", text="A cake", base="0")
    assert answer.status_code == 409
    assert "Administrator has corrected it" in answer.json["error"]
    assert [row.text for row in Correction.select()] == ["The lake is closed"]
    assert act(client, message, "take-back", base="0").status_code == 409


def test_a_message_is_written_down_again(client: FlaskClient, panel: Panel) -> None:
    message = said(panel, box("desk"), "the lake")
    assert act(client, message, "listen-again").status_code == 200
    assert Transcript.get().state == "waiting"
    Transcript.update(state="running").execute()
    assert act(client, message, "listen-again").status_code == 409


def test_a_colleague_sees_to_it(client: FlaskClient, panel: Panel) -> None:
    desk, ann, ben = box("desk"), user(Role.SEAT, "ann"), user(Role.SEAT, "ben")
    grant(ann, desk)
    message = said(panel, desk)
    assert act(client, message, "assign", user=ben.id).status_code == 409
    assert act(client, message, "assign", user=ann.id).json["said"] == "Ann sees to it."
    assert MessageAssignment.get().user == ann
    assert "For Ann" in client.get("/inbox/").text
    act(client, message, "assign", user="")
    assert MessageAssignment.select().count() == 0


def test_notes_stand_beside_a_message(client: FlaskClient, panel: Panel) -> None:
    message = said(panel, box("desk"))
    act(client, message, "note", text="<b>Called</b> the town hall.")
    assert "&lt;b&gt;Called&lt;/b&gt; the town hall." in page(client, message)
    assert "1 note" in client.get("/inbox/").text
    assert act(client, message, "note", text="  ").status_code == 409


def test_a_message_is_passed_on_with_a_comment(client: FlaskClient, panel: Panel) -> None:
    message, sport = said(panel, box("desk"), "the lake is closed"), box("sport")
    act(client, message, "correct", text="The lake is open", base="0")
    answer = act(client, message, "forward", to=sport.id, text="This is yours.")
    assert answer.json["said"] == "Passed on to Sport."
    copy = Message.get(Message.mailbox == sport)
    assert (voicemail(panel) / copy.path).is_file()
    assert MessageNote.get().message == copy
    text = page(client, copy)
    assert "The lake is open" in text
    assert "This is yours." in text
    assert kept("forward").after == {"to": "sport", "copy": copy.id}


def test_a_full_mailbox_takes_none(client: FlaskClient, panel: Panel) -> None:
    message, sport = said(panel, box("desk")), box("sport", max_messages=0)
    answer = act(client, message, "forward", to=sport.id)
    assert answer.status_code == 409
    assert "full" in answer.json["error"]


@pytest.mark.parametrize("to", ["", "99999", "x", -1, None, [1], {"a": 1}, "9" * 99])
def test_nothing_is_passed_on_to_a_mailbox_that_is_not_there(
    client: FlaskClient, panel: Panel, to: Any
) -> None:
    message = said(panel, box("desk"))
    assert act(client, message, "forward", to=to).status_code == 409
    assert Message.select().count() == 1


def test_a_message_of_nobody_is_put_into_a_mailbox(client: FlaskClient, panel: Panel) -> None:
    message = said(panel, box("gone"))
    Message.update(mailbox=None).execute()
    Mailbox.delete().execute()
    desk = box("desk")
    assert act(client, message, "mark", **{"as": "saved"}).status_code == 409
    assert "no mailbox is called that" in page(client, message)
    act(client, message, "give", to=desk.id)
    assert now(message).mailbox == desk
    assert act(client, message, "give", to=desk.id).status_code == 409


def test_a_mail_that_failed_is_sent_again(client: FlaskClient, panel: Panel) -> None:
    message = said(panel, mailbox("desk@paper.example"))
    Mailbox.update(shared=True).execute()
    Delivery.update(state="failed", error="no such user").execute()
    assert "no such user" in page(client, message)
    act(client, message, "tell-again", delivery=Delivery.get().id)
    assert Delivery.get().state == "waiting"
    other = said(panel, box("sport"))
    assert act(client, other, "tell-again", delivery=Delivery.get().id).status_code == 404


def test_without_a_script_the_page_comes_back(client: FlaskClient, panel: Panel) -> None:
    message = said(panel, box("desk"))
    answer = client.post(f"/inbox/message/{message.id}/mark", data={"as": "saved"})
    assert answer.status_code == 302
    assert "Marked as heard." in page(client, message)


ACTS = ("mark", "urgent", "assign", "note", "forward", "give", "tell-again", "correct", "take-back")


@pytest.mark.parametrize(
    "odd",
    [
        {}, [], "x", 1, None, {"text": 1, "to": {}, "as": [], "base": -1, "user": "²"},
        {"text": "\x00\ud800😀\u202e", "base": "x" * 999, "user": "1 OR 1=1", "urgent": {}},
    ],
)  # fmt: skip
def test_odd_answers_are_refused_without_a_fault(
    client: FlaskClient, panel: Panel, odd: Any
) -> None:
    message = said(panel, box("desk"))
    for what in ACTS:
        answer = client.post(f"/inbox/message/{message.id}/{what}", json=odd, headers=JSON)
        assert answer.status_code < 500, what


def test_hostile_callers_are_only_shown(client: FlaskClient, panel: Panel) -> None:
    name = '"><script>alert(1)</script>'
    message = said(panel, box("desk"), name, name=name, number="1' onload=x")
    text = page(client, message)
    assert "<script>alert" not in text
