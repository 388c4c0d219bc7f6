"""The first page."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from admin.access.roles import Role
from admin.health import Health
from admin.overview.day import read_day
from store.fields import now
from store.models import ExpertLine, ExpertSession, MailboxGrant, Message
from tests.admin.calls.rows import AT, a_call
from tests.admin.panels import a_panel, signed_in, user, without_csrf
from tests.voicemail.left import leave, mailbox

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_box_that_is_well_says_so(app: Flask) -> None:
    assert "Nothing needs you" in signed_in(app).get("/").text


def test_what_is_wrong_stands_first_with_what_to_do(store: None, tmp_path: Path) -> None:
    checks = {"switch": lambda: Health(False, "refused <b>")}
    text = signed_in(without_csrf(a_panel(tmp_path, checks=checks))).get("/").text
    assert text.index("no calls can come in") < text.index("Calls today")
    assert "refused &lt;b&gt;" in text


def test_live_calls_are_shown_to_those_who_may_see_calls(app: Flask) -> None:
    a_call("going", state="open", caller_number="+4977")
    assert "+4977" in signed_in(app).get("/").text
    assert "+4977" not in signed_in(app, Role.SEAT).get("/").text


def test_waiting_messages_are_told_by_mailbox_that_one_may_see(app: Flask, tmp_path: Path) -> None:
    message = leave(mailbox(), tmp_path / "voicemail")
    Message.update(urgent=True).execute()
    seat = user(Role.SEAT)
    assert "1 urgent" not in signed_in(app, seat).get("/").text
    MailboxGrant.create(user=seat, mailbox=message.mailbox)
    text = signed_in(app, seat).get("/").text
    assert f'href="/inbox/?box={message.mailbox.id}"' in text
    assert "1 urgent" in text


def test_the_next_experts_hour_is_told(app: Flask) -> None:
    line = ExpertLine.create(name="doctor")
    for days, state in ((1, "cancelled"), (3, "scheduled"), (2, "scheduled"), (-3, "scheduled")):
        ExpertSession.create(
            line=line, topic=f"in {days} days", starts_at=now() + timedelta(days=days), state=state
        )
    text = signed_in(app).get("/").text
    assert "in 2 days" in text
    assert "in 3 days" not in text
    assert "in 2 days" not in signed_in(app, Role.SEAT).get("/").text


def test_today_is_compared_with_the_same_time_a_week_ago(store: None) -> None:
    a_call("a", 0)
    a_call("b", 10)
    a_call("before", -7 * 24 * 60)
    a_call("before, but later", -7 * 24 * 60 + 120)
    day = read_day(AT + timedelta(hours=1), BERLIN)
    assert (day.calls, day.rate, day.before_calls) == (2, 100, 1)
    assert [count.calls for count in day.hours][9] == 2
    assert [count.calls for count in day.days] == [0] * 6 + [2]


def test_a_day_without_calls_has_no_rate(store: None) -> None:
    assert read_day(AT, BERLIN).rate is None


@pytest.mark.parametrize(("day", "hours"), [(25, 25), (24, 24)])
def test_the_day_on_which_the_clocks_change_has_all_its_hours(
    store: None, day: int, hours: int
) -> None:
    at = datetime(2026, 10, day, 12, tzinfo=UTC)
    assert len(read_day(at, BERLIN).hours) == hours


def test_an_open_page_asks_for_what_changed(app: Flask) -> None:
    a_call("a", 0)
    found = signed_in(app).get("/now").json
    assert set(found) == {"attention", "waiting", "figures"}
    assert "Nothing needs you" in found["attention"]


def test_every_role_has_its_first_page(app: Flask) -> None:
    for role in Role:
        assert signed_in(app, role).get("/").status_code == 200
        assert signed_in(app, role).get("/now").status_code == 200


def test_the_first_page_speaks_chinese(app: Flask) -> None:
    answer = signed_in(app).get("/", headers={"Accept-Language": "zh-CN"})
    assert "最近七天的通话" in answer.text
    assert "%%" not in answer.text
