"""Mailboxes in the panel: who is told, PINs, greetings."""

import io
import re
from pathlib import Path

import numpy as np
import pytest
import soundfile
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from admin.access.roles import Role
from store import pins
from store.models import AuditEntry, ExpertLine, Greeting, Mailbox, Recipient
from tests.admin.panels import signed_in
from tests.admin.records.doubles import FakeRecords
from tests.admin.records.nasty import NASTY, survives
from voicemail.boxes import records

NEW = "/records/mailboxes/new/"
CULTURE = {
    "name": "culture",
    "title": "the culture desk",
    "numbers": "811, 812",
    "language": "en",
    "shared": "y",
    "hours-mon": "09:00-12:00, 14:00-18:00",
    "hours-tue": "09:00-12:00, 14:00-18:00",
    "hours-sat": "22:00-06:00",
    "mail-0-to": "culture@paper.example",
    "mail-0-attach": "opus",
    "webhooks-0-url": "https://paper.example/hook",
    "webhooks-0-secret": "a secret that is long",
    "phones": "200 201",
    "review": "y",
    "min_seconds": "1.5",
    "max_seconds": "",
    "max_messages": "100",
    "keep_days": "30",
}


def kept() -> Mailbox:
    found: Mailbox = Mailbox.get(Mailbox.name == "culture")
    return found


@pytest.fixture
def mailbox(client: FlaskClient) -> Mailbox:
    assert client.post(NEW, data=CULTURE).status_code == 302
    return kept()


def tone(seconds: float = 1.0, form: str = "FLAC") -> io.BytesIO:
    at = np.arange(int(44_100 * seconds)) / 44_100
    into = io.BytesIO()
    soundfile.write(into, 0.3 * np.sin(2 * np.pi * 440 * at), 44_100, format=form)
    into.seek(0)
    return into


def test_a_mailbox_is_kept_with_all_that_the_form_says(mailbox: Mailbox) -> None:
    entry = records.entry_of(mailbox)
    assert entry.numbers == ("811", "812")
    assert entry.hours == {
        "mon-tue": ["09:00-12:00", "14:00-18:00"],
        "sat": "22:00-06:00",
    }
    assert (entry.shared, entry.review, entry.transcribe) == (True, True, False)
    assert (entry.min_seconds, entry.max_seconds, entry.keep_days) == (1.5, 180, 30)
    assert entry.phones == ("200", "201")
    assert [(mail.to, mail.attach) for mail in entry.mail] == [("culture@paper.example", "opus")]


def test_hours_come_back_into_their_days(client: FlaskClient, mailbox: Mailbox) -> None:
    page = client.get(f"/records/mailboxes/edit/?id={mailbox.id}").text
    assert 'name="hours-tue" value="09:00-12:00, 14:00-18:00"' in page
    assert 'name="hours-sat" value="22:00-06:00"' in page
    assert 'name="hours-wed" value=""' in page


def test_odd_hours_are_told_and_stay_in_the_form(client: FlaskClient) -> None:
    answer = client.post(NEW, data={**CULTURE, "hours-mon": "nine to five"})
    assert "expected a span such as" in answer.text
    assert 'value="nine to five"' in answer.text


def test_the_secret_of_a_webhook_is_never_shown_and_stays(
    client: FlaskClient, mailbox: Mailbox
) -> None:
    url = f"/records/mailboxes/edit/?id={mailbox.id}"
    page = client.get(url).text
    assert "a secret that is long" not in page
    changed = {**CULTURE, "webhooks-0-secret": "***", "title": "culture"}
    assert client.post(url, data=changed).status_code == 302
    hook = Recipient.get(Recipient.channel == "webhook")
    assert hook.secret == "a secret that is long"


def test_a_secret_that_was_just_typed_is_not_sent_back(client: FlaskClient) -> None:
    answer = client.post(NEW, data={**CULTURE, "numbers": "not a number"})
    assert answer.status_code == 200
    assert "a secret that is long" not in answer.text


def test_the_kept_secret_does_not_go_to_another_address(
    client: FlaskClient, mailbox: Mailbox
) -> None:
    changed = {**CULTURE, "webhooks-0-url": "https://evil.example", "webhooks-0-secret": "***"}
    answer = client.post(f"/records/mailboxes/edit/?id={mailbox.id}", data=changed)
    assert "*** stands for a secret kept with this very address" in answer.text


def test_a_number_of_another_mailbox_is_told_with_its_owner(
    client: FlaskClient, mailbox: Mailbox
) -> None:
    answer = client.post(NEW, data={**CULTURE, "name": "sport", "numbers": "812"})
    assert "812 belongs to mailbox &#34;culture&#34;" in answer.text


def test_a_pin_is_made_up_shown_once_and_kept_unreadable(
    client: FlaskClient, mailbox: Mailbox
) -> None:
    given = {"id": mailbox.id, "act": "made up"}
    page = client.post("/records/mailboxes/pin", data=given)
    pin = re.search(r"<strong>(\d+)</strong>", page.text)
    assert pin
    assert pins.is_right(kept().pin_hash, pin[1])
    assert pin[1] not in client.get(f"/records/mailboxes/details/?id={mailbox.id}").text
    assert pin[1] not in str([(row.before, row.after) for row in AuditEntry.select()])


def test_a_pin_that_is_easy_to_guess_is_refused(client: FlaskClient, mailbox: Mailbox) -> None:
    given = {"id": mailbox.id, "act": "chosen", "pin": "1234"}
    page = client.post("/records/mailboxes/pin", data=given, follow_redirects=True)
    assert "too easy to guess" in page.text
    assert kept().pin_hash == ""


def test_a_chosen_pin_is_kept_and_can_be_taken_away(client: FlaskClient, mailbox: Mailbox) -> None:
    client.post("/records/mailboxes/pin", data={"id": mailbox.id, "act": "chosen", "pin": "739164"})
    assert pins.is_right(kept().pin_hash, "739164")
    client.post("/records/mailboxes/pin", data={"id": mailbox.id, "act": "none"})
    assert kept().pin_hash == ""


def greet(client: FlaskClient, mailbox: Mailbox, **given: object) -> str:
    data = {"id": mailbox.id, "kind": "standard", **given}
    return client.post("/records/mailboxes/greeting", data=data, follow_redirects=True).text


def test_a_recording_of_any_format_becomes_the_greeting_and_can_be_heard(
    client: FlaskClient, mailbox: Mailbox, tmp_path: Path
) -> None:
    greet(client, mailbox, act="upload", sound=(tone(), "../../../etc/passwd"))
    row = Greeting.get()
    assert (tmp_path / "voicemail" / row.path).is_file()
    heard = client.get(f"/records/mailboxes/greeting-sound?id={mailbox.id}&kind=standard")
    sound, rate = soundfile.read(io.BytesIO(heard.data))
    assert rate == 8_000
    assert 0.5 < len(sound) / rate < 1.5


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no longer"),
        (b"this is no sound at all", "sound file"),
        (b"PK\x03\x04" + b"\0" * 1_000, "sound file"),
        (b"RIFF\xff\xff\xff\xffWAVEfmt ", "sound file"),
    ],
)
def test_what_is_no_sound_is_refused_and_the_greeting_stays(
    client: FlaskClient, mailbox: Mailbox, content: bytes, why: str
) -> None:
    page = greet(client, mailbox, act="upload", sound=(io.BytesIO(content), "greeting.wav"))
    assert "The greeting stays as it was" in page
    assert not Greeting.select().exists()


def test_a_greeting_of_ten_minutes_is_refused(client: FlaskClient, mailbox: Mailbox) -> None:
    page = greet(client, mailbox, act="upload", sound=(tone(600), "long.flac"))
    assert "expected 0.5 to 180 s" in page


def test_words_become_the_greeting_and_the_usual_ones_come_back(
    client: FlaskClient, mailbox: Mailbox
) -> None:
    page = greet(client, mailbox, act="text", text="<b>Please speak</b>")
    assert "&lt;b&gt;Please speak&lt;/b&gt;" in page
    assert Greeting.get().text == "<b>Please speak</b>"
    greet(client, mailbox, act="remove")
    assert not Greeting.select().exists()


def test_hostile_text_breaks_nothing(client: FlaskClient) -> None:
    told = ("mail-0-to", "webhooks-0-url", "webhooks-0-secret", "phones")
    bounds = ("min_seconds", "max_seconds", "keep_days")
    survives(client, NEW, CULTURE, "name", "title", "numbers", "hours-mon", *told, *bounds)


def test_hostile_greetings_break_nothing(client: FlaskClient, mailbox: Mailbox) -> None:
    for text in NASTY.values():
        for given in ({"kind": text}, {"text": text}, {"act": text}):
            assert "<script>alert" not in greet(client, mailbox, **given)
        sound = client.get("/records/mailboxes/greeting-sound", query_string={"kind": text})
        assert sound.status_code == 404


def test_a_mailbox_that_a_line_of_experts_uses_is_not_removed(
    client: FlaskClient, mailbox: Mailbox, box: FakeRecords
) -> None:
    ExpertLine.create(name="science", mailbox="culture")
    box.needed["811"] = ["main"]
    page = client.post(
        "/records/mailboxes/delete/", data={"id": mailbox.id}, follow_redirects=True
    ).text
    assert "flow main" in page
    assert "expert line science" in page
    assert Mailbox.select().exists()


def test_a_mailbox_that_nobody_uses_goes(client: FlaskClient, mailbox: Mailbox) -> None:
    client.post("/records/mailboxes/delete/", data={"id": mailbox.id})
    assert not Mailbox.select().exists()


def test_more_lines_than_a_form_has_are_left_out(client: FlaskClient) -> None:
    many = MultiDict(CULTURE)
    for at in range(500):
        many[f"mail-{at}-to"] = f"p{at}@paper.example"
        many[f"mail-{at}-attach"] = "mp3"
    assert client.post(NEW, data=many).status_code == 302
    assert len(records.entry_of(kept()).mail) == 50


def test_who_may_only_look_sees_no_button_and_changes_nothing(app: Flask, mailbox: Mailbox) -> None:
    reader = signed_in(app, Role.READ_ONLY)
    page = reader.get(f"/records/mailboxes/details/?id={mailbox.id}").text
    assert "Make up a new PIN" not in page
    for act in ("pin", "greeting"):
        assert reader.post(f"/records/mailboxes/{act}", data={"id": mailbox.id}).status_code == 403
