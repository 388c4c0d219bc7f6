"""The list of messages: what is shown, in which order, and what is found."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin.access.roles import Role
from admin.panel import Panel
from store.models import Message, MessageAssignment
from tests.admin.inbox.messages import box, grant, said
from tests.admin.panels import signed_in, user
from tests.voicemail.left import STARTED
from voicemail.transcribing import correct


def shown(client: FlaskClient, **asked: object) -> list[str]:
    """The ids of the messages in the list, in its order."""
    answer = client.get("/inbox/", query_string=asked)
    assert answer.status_code == 200
    return re.findall(r'data-message="(\w+)"', answer.text)


def test_urgent_messages_come_first_then_the_newest(app: Flask, panel: Panel) -> None:
    desk, sport = box("desk"), box("sport")
    old, new, urgent = said(panel, desk), said(panel, sport), said(panel, desk)
    Message.update(urgent=True, started_at=STARTED - timedelta(days=9)).where(
        Message.id == urgent.id
    ).execute()
    Message.update(started_at=STARTED - timedelta(days=1)).where(Message.id == old.id).execute()
    assert shown(signed_in(app)) == [urgent.id, new.id, old.id]


def test_a_mailbox_and_a_state_are_looked_into_by_themselves(app: Flask, panel: Panel) -> None:
    desk, sport = box("desk"), box("sport")
    fresh, kept, other = said(panel, desk), said(panel, desk), said(panel, sport)
    Message.update(state="saved").where(Message.id == kept.id).execute()
    client = signed_in(app)
    assert shown(client, box=desk.id) == [fresh.id]
    assert shown(client, box=desk.id, state="saved") == [kept.id]
    assert shown(client, box=sport.id) == [other.id]


def test_pages_follow_each_other_without_a_gap(app: Flask, panel: Panel) -> None:
    desk = box("desk")
    made = [said(panel, desk, sound="").id for _ in range(120)]
    Message.update(urgent=True).where(Message.id.in_(made[:30])).execute()
    client, after, seen = signed_in(app), "", []
    for _ in range(3):
        answer = client.get("/inbox/", query_string={"after": after})
        seen += re.findall(r'data-message="(\w+)"', answer.text)
        after = re.search(r'rel="next" href="[^"]*after=([^&"]*)', answer.text)
        after = after[1].replace("+", " ").replace("%3A", ":") if after else ""
    assert sorted(seen) == sorted(made)
    assert set(seen[:30]) == set(made[:30])
    assert after == ""


def test_what_was_said_is_found_and_marked(app: Flask, panel: Panel) -> None:
    desk = box("desk")
    road = said(panel, desk, "The main road is closed")
    said(panel, desk, "Nothing to tell")
    client = signed_in(app)
    assert shown(client, search="CLOSE road") == [road.id]
    assert "<mark>closed</mark>" in client.get("/inbox/?search=close").text


def test_chinese_is_found_within_a_sentence(app: Flask, panel: Panel) -> None:
    desk = box("desk", language="zh")
    found = said(panel, desk, "我想举报新闻大楼着火了")
    said(panel, desk, "闻新大楼")
    client = signed_in(app)
    assert shown(client, search="新闻") == [found.id]
    assert "<mark>新闻</mark>" in client.get("/inbox/", query_string={"search": "新闻"}).text


def test_a_correction_is_found_and_what_was_misheard_no_more(app: Flask, panel: Panel) -> None:
    message = said(panel, box("desk"), "the lake is toast")
    correct(message.id, "The lake is closed", "Ann")
    client = signed_in(app)
    assert shown(client, search="closed") == [message.id]
    assert shown(client, search="toast") == []


def test_who_called_is_found_but_not_who_hid(app: Flask, panel: Panel) -> None:
    desk = box("desk")
    ann = said(panel, desk, "hello", name="Ann Reader")
    said(panel, desk, "hello", name="Ann Hidden", withheld=True)
    assert shown(signed_in(app), search="ann") == [ann.id]


@pytest.mark.parametrize(
    "search",
    [
        '"', '" OR "', "words:x", "NEAR(q b)", "q* AND", "(", "*", "^q", "-q", "q:*D | b", "'; --",
        "<script>", "\x00", "\u202e", "😀", "q" * 9_000, "OR", "NOT", "& | !", "<->", "²", "%", "_",
        " ".join("word" for _ in range(500)),
    ],
)  # fmt: skip
def test_odd_searches_are_searches(app: Flask, panel: Panel, search: str) -> None:
    said(panel, box("desk"), "hello")
    assert shown(signed_in(app), search=search) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"since": "x", "until": "9999-99-99"}, {"since": "0001-01-01"}, {"after": "1 x y"},
        {"after": "x" * 500}, {"after": "1 2026-01-01T00:00:00+00:00 x"}, {"state": "recording"},
        {"number": "%"}, {"number": "' OR 1=1"}, {"search": "hello", "after": "99999999999999999"},
        {"until": "9000-12-31"},
    ],
)  # fmt: skip
def test_odd_addresses_never_fail(app: Flask, panel: Panel, asked: dict[str, str]) -> None:
    said(panel, box("desk"), "hello")
    assert signed_in(app).get("/inbox/", query_string=asked).status_code == 200


def test_a_number_is_found_however_it_is_written(app: Flask, panel: Panel) -> None:
    desk = box("desk")
    found = said(panel, desk, number="+4930123456")
    said(panel, desk, number="+4940999999")
    client = signed_in(app)
    for asked in ("030 123456", "+49 30 123456", "0030123456", "30/12"):
        assert shown(client, number=asked) == [found.id]
    assert shown(client, number="%") == []


def test_days_are_those_of_the_paper(app: Flask, panel: Panel) -> None:
    """22:30 in London is after midnight in Berlin only in summer: 23:30 of the same day here."""
    message = said(panel, box("desk"))
    client = signed_in(app)
    assert shown(client, since="2026-11-21", until="2026-11-21") == [message.id]
    Message.update(started_at=STARTED + timedelta(hours=1)).execute()
    assert shown(client, until="2026-11-21") == []
    assert shown(client, since="2026-11-22") == [message.id]


def test_what_is_mine_to_see_to_is_found(app: Flask, panel: Panel) -> None:
    desk, ann = box("desk"), user(Role.SEAT, "ann")
    grant(ann, desk)
    mine = said(panel, desk)
    said(panel, desk)
    MessageAssignment.create(message=mine, user=ann)
    assert shown(signed_in(app, ann), mine=1) == [mine.id]


def test_hostile_callers_are_only_shown(app: Flask, panel: Panel) -> None:
    said(panel, box("desk"), "<script>alert(1)</script>", name="<img src=x onerror=alert(1)>")
    text = signed_in(app).get("/inbox/?search=script").text
    assert "<img src=x" not in text
    assert "<script>alert" not in text


def test_pages_of_one_number_follow_each_other_too(app: Flask, panel: Panel) -> None:
    desk, sport = box("desk"), box("sport")
    made = [said(panel, (desk, sport)[at % 2], sound="").id for at in range(60)]
    client = signed_in(app)
    first = client.get("/inbox/?number=30123456")
    after = re.search(r'rel="next" href="([^"]*)"', first.text)
    assert after
    second = client.get(after[1].replace("&amp;", "&"))
    seen = re.findall(r'data-message="(\w+)"', first.text + second.text)
    assert sorted(seen) == sorted(made)
