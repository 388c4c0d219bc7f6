"""Versions of flows."""

from concurrent.futures import ThreadPoolExecutor

import peewee
import pytest

from store import flows
from store.database import disconnect
from store.errors import FlowUnknown, NotChecked, NothingToRollBack, VersionFixed, VersionUnknown
from store.models import FlowVersion
from store.models.flow import State

pytestmark = pytest.mark.usefixtures("store")


def put_live(name: str, text: str) -> FlowVersion:
    flows.mark_checked(flows.save_draft(name, text))
    return flows.publish(name)


def test_a_draft_does_not_answer_calls() -> None:
    flows.save_draft("main", "text 1", author="Ann", note="first")
    assert flows.live("main") is None
    assert flows.live_flows() == []


def test_the_same_text_again_is_the_same_version() -> None:
    first = flows.save_draft("main", "text 1")
    assert flows.save_draft("main", "text 1").number == first.number == 1
    assert flows.save_draft("main", "text 2").number == 2


def test_publishing_retires_the_version_before() -> None:
    put_live("main", "text 1")
    put_live("main", "text 2")
    assert [(v.number, v.state) for v in flows.versions("main")] == [(2, "live"), (1, "retired")]
    assert [v.text for v in flows.live_flows()] == ["text 2"]
    assert flows.live_numbers() == {"main": 2}


def test_an_older_version_can_be_published_by_number() -> None:
    put_live("main", "text 1")
    put_live("main", "text 2")
    assert flows.publish("main", 1).text == "text 1"


def test_a_version_that_was_not_checked_cannot_go_live() -> None:
    flows.save_draft("main", "text 1")
    with pytest.raises(NotChecked, match='flow "main" version 1'):
        flows.publish("main")


def test_rolling_back_twice_goes_two_versions_back() -> None:
    for text in ("text 1", "text 2", "text 3"):
        put_live("main", text)
    assert flows.rollback("main").number == 2
    assert flows.rollback("main").number == 1
    with pytest.raises(NothingToRollBack):
        flows.rollback("main")
    assert flows.publish("main", 3).number == 3
    assert flows.rollback("main").number == 1


def test_rolling_back_never_wakes_a_draft() -> None:
    put_live("main", "text 1")
    flows.save_draft("main", "text 2")
    with pytest.raises(NothingToRollBack):
        flows.rollback("main")


def test_what_does_not_exist_is_named() -> None:
    with pytest.raises(FlowUnknown, match='"night"'):
        flows.publish("night")
    flows.save_draft("main", "text")
    with pytest.raises(VersionUnknown, match="version 7"):
        flows.publish("main", 7)


def test_a_saved_text_is_fixed() -> None:
    version = flows.save_draft("main", "text 1")
    version.text = "text 2"
    with pytest.raises(VersionFixed):
        version.save()


def test_the_database_itself_refuses_a_second_live_version() -> None:
    put_live("main", "text 1")
    second = flows.save_draft("main", "text 2")
    second.state = State.LIVE
    with pytest.raises(peewee.IntegrityError):
        second.save()


def test_stamps_are_kept_in_utc() -> None:
    version = flows.save_draft("main", "text 1")
    flows.mark_rendered(version)
    kept = flows.versions("main")[0]
    assert kept.rendered_at is not None
    assert kept.rendered_at.utcoffset().total_seconds() == 0
    assert kept.rendered_at == version.rendered_at


def test_many_who_save_and_publish_at_once_leave_one_live_version() -> None:
    def work(author: int) -> None:
        for turn in range(5):
            version = flows.save_draft("main", f"text {author} {turn}")
            flows.mark_checked(version)
            flows.publish("main", version.number)
        disconnect()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    found = flows.versions("main")
    assert [v.number for v in found] == list(range(30, 0, -1))
    assert sum(v.state == State.LIVE for v in found) == 1
    assert all(v.state != State.DRAFT for v in found)


def test_a_text_of_any_language_comes_back_as_it_was() -> None:
    text = "say: 您好 — Grüße 🎉 'quotes' \"double\" %s ${x}\r\n" * 1000
    flows.save_draft("main", text)
    assert flows.versions("main")[0].text == text
