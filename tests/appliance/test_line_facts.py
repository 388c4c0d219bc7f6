"""What is known of a line though its flow is not reached."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from appliance.book import Book
from appliance.dialplan import LineNotice, extensions
from appliance.line_facts import Spoken, languages, line_of
from appliance.settings import load
from appliance.steps import TABLE
from ivr_flows.loader import load_flow
from store.models import Route
from store.routes import RouteTable
from voicemail.keeping.spool import Line

UTC_ZONE = ZoneInfo("UTC")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

FLOW = """\
flow: {name}
title: A flow
language: {language}
start: first
steps:
  first: {{voicemail: {{box: {box}}}, next: second}}
  second: {{voicemail: {{box: {second}}}, next: bye}}
  bye: {{hangup: {{}}}}
"""
SPEAKS = "flow: {name}\ntitle: A\nlanguage: {language}\nstart: a\nsteps:\n  a: {{say: Hello.}}\n"


def book(texts: Sequence[str], routes: Sequence[tuple[str, str]]) -> Book:
    flows = [load_flow(text, text.split()[1], table=TABLE) for text in texts]
    table = [Route(number=number, flow=flow, hours=None) for number, flow in routes]
    return Book(flows={flow.name: flow for flow in flows}, routes=RouteTable(table))


def says(name: str, language: str) -> str:
    return SPEAKS.format(name=name, language=language)


def takes(name: str, box: str, second: str = "") -> str:
    return FLOW.format(name=name, language="zh", box=box, second=second or box)


def test_lines_are_told_by_language_in_the_order_in_which_numbers_are_looked_up() -> None:
    found = languages(
        book(
            [says("main", "en"), says("china", "zh"), says("canton", "yue")],
            [("100", "main"), ("1*", "china"), ("2", "china"), ("3", "canton"), ("*", "main")],
        ),
        "en",
    )
    assert found == [Spoken(["100"], "en"), Spoken(["1*", "2"], "zh"), Spoken(["3"], "yue")]


def test_a_flow_that_is_not_there_speaks_as_the_box_does() -> None:
    assert languages(book([], [("100", "gone")]), "zh") == []


@pytest.mark.parametrize(
    ("dialled", "notice"),
    [
        ("100", "en"),
        ("1001", "zh"),
        ("1", "zh"),
        ("2", "zh"),
        ("*7", "zh"),
        ("7", "usual"),
        ("22", "usual"),
        ("1\n", "usual"),
        ("1/../x", "usual"),
        ("1" * 21, "usual"),
    ],
)
def test_each_number_is_told_in_the_language_of_its_line(
    tmp_path: Path, dialled: str, notice: str
) -> None:
    lines = [
        LineNotice(["100"], tmp_path / "en"),
        LineNotice(["1*", "2", "*7"], tmp_path / "zh"),
    ]
    rules = extensions(load({}), tmp_path / "usual", lines)
    rule = next(rule for rule in rules if not rule.caller and re.search(rule.dialled, dialled))
    (said, _) = [argument for name, argument in rule.actions if name == "playback"]
    assert Path(said).name == notice


@pytest.mark.parametrize(
    ("flow", "line"),
    [
        (takes("leave", "sport"), Line("sport", "zh")),
        (takes("leave", "sport", "culture"), Line("desk", "zh")),
        (takes("leave", "sport", '"{{ caller.number }}"'), Line("desk", "zh")),
        (says("leave", "yue"), Line("desk", "yue")),
    ],
    ids=["one box", "two boxes", "a box and a reckoned one", "none"],
)
def test_a_message_goes_to_the_only_box_that_its_line_names(flow: str, line: Line) -> None:
    known = book([flow], [("100", "leave")])
    assert line_of(known, UTC_ZONE, "desk", "100", NOON) == line


@pytest.mark.parametrize("dialled", ["", "999"])
def test_what_no_line_is_known_for_goes_to_the_last_resort(dialled: str) -> None:
    known = book([takes("leave", "sport")], [("100", "leave")])
    assert line_of(known, UTC_ZONE, "desk", dialled, NOON) == Line("desk")
