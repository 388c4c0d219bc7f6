"""The list of calls: searched by number, date, flow and outcome."""

import re

import pytest
from flask import Flask

from admin.access.roles import Role
from store import quality
from store.quality_jobs import CallMeasured
from tests.admin.calls.rows import a_call
from tests.admin.panels import signed_in


def listed(text: str) -> list[str]:
    return re.findall(r'<td data-label="When"><a href="/calls/([^"]+)"', text)


def test_the_newest_call_comes_first(app: Flask) -> None:
    a_call("a", 0)
    a_call("b", 1)
    answer = signed_in(app).get("/calls/")
    assert listed(answer.text) == ["b", "a"]
    assert "2 calls" in answer.text


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("?number=3456", ["b", "a"]),
        ("?number=030 123-456", ["b", "a"]),
        ("?number=%2B33&how=begins", ["c"]),
        ("?number=0123&how=part", ["b", "a"]),
        ("?flow=ads", ["b"]),
        ("?state=failed", ["a"]),
        ("?state=nonsense", ["c", "b", "a"]),
        ("?direction=out", ["c"]),
        ("?tag=scoop", ["a"]),
        ("?dialled=200", ["c"]),
        ("?since=2026-11-22&until=2026-11-22", ["c", "b", "a"]),
        ("?until=2026-11-21", []),
        ("?since=2026-11-23", []),
    ],
)
def test_calls_are_sought_by_what_is_known_of_them(
    app: Flask, address: str, expected: list[str]
) -> None:
    a_call("a", 0, state="failed", tags=["scoop"])
    a_call("b", 1, flow="ads")
    a_call("c", 2, caller_number="+33155", direction="out", dialled="200")
    assert listed(signed_in(app).get(f"/calls/{address}").text) == expected


def test_a_day_is_the_papers_day(app: Flask) -> None:
    a_call("late", 15 * 60 + 30)  # half past midnight in Berlin
    assert listed(signed_in(app).get("/calls/?since=2026-11-23").text) == ["late"]


def test_what_is_no_date_is_said_and_left_out(app: Flask) -> None:
    a_call("a")
    answer = signed_in(app).get("/calls/?since=tomorrow&until=2026-02-31")
    assert answer.text.count("This is no date.") == 2
    assert listed(answer.text) == ["a"]


def test_older_calls_are_a_page_further(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("admin.calls.view.PAGE", 2)
    for number in range(3):
        a_call(f"c{number}", number, tags=["<b>"])
    client = signed_in(app)
    first = client.get("/calls/?tag=<b>")
    assert listed(first.text) == ["c2", "c1"]
    (link,) = re.findall(r'rel="next" href="([^"]+)"', first.text)
    second = client.get(link.replace("&amp;", "&"))
    assert listed(second.text) == ["c0"]
    assert 'rel="first"' in second.text


def test_a_search_that_stopped_says_so_and_goes_on(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.call_search.LOOKED_AT", 1)
    a_call("a", 0)
    a_call("b", 1, caller_number="77")
    answer = signed_in(app).get("/calls/?number=0123&how=part")
    assert "Look further back" in answer.text
    assert "No calls like that" not in answer.text


@pytest.mark.parametrize(
    "text",
    ["%00", "%27 OR 1=1 --", "<script>alert(1)</script>", "{{7*7}}", "%F0%9F%98%80" * 500,
     "%E2%80%AE0123", "%ED%A0%80", "9" * 5000],
)  # fmt: skip
def test_odd_input_finds_nothing_and_breaks_nothing(app: Flask, text: str) -> None:
    client = signed_in(app)
    for name in ("number", "dialled", "flow", "state", "direction", "tag", "since", "until",
                 "after", "how"):  # fmt: skip
        answer = client.get(f"/calls/?{name}={text}")
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "place", ["x", "~", "2026~", "0001-01-01T00:00:00%2B14:00~x", "9999-12-31T23:59:59-14:00~x"]
)
def test_an_odd_place_in_the_list_is_its_beginning_or_its_end(app: Flask, place: str) -> None:
    a_call("a")
    assert signed_in(app).get(f"/calls/?after={place}").status_code == 200


def test_hostile_callers_are_only_shown(app: Flask) -> None:
    a_call("a", caller_name='"><script>alert(1)</script>', caller_number="=cmd|' /C calc'!A0")
    answer = signed_in(app).get("/calls/")
    assert "<script>alert" not in answer.text


def test_who_hid_the_number_is_not_shown(app: Flask) -> None:
    a_call("a", withheld=True)
    client = signed_in(app)
    for page in ("/calls/", "/calls/a"):
        assert "+4930123456" not in client.get(page).text
        assert "Ann Reader" not in client.get(page).text


def test_a_seat_sees_no_calls(app: Flask) -> None:
    assert signed_in(app, Role.SEAT).get("/calls/").status_code == 403


def test_calls_that_were_hard_to_understand_are_found(app: Flask) -> None:
    a_call("well", 0)
    a_call("bad", 1)
    quality.measured([CallMeasured("bad", 500, 0.1, 0.0, 60.0)])
    client = signed_in(app)
    assert listed(client.get("/calls/?sound=bad").text) == ["bad"]
    assert listed(client.get("/calls/?sound=nonsense").text) == ["bad", "well"]
