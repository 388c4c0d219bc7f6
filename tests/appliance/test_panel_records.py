"""What the panel is told of the box when records change."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.home import Home
from appliance.panel_parts.records import BoxRecords
from appliance.settings import Settings
from appliance.sidecar import Sidecar
from lines.people import records as people
from lines.people.entry import checked
from store.database import connect, disconnect
from store.migrate import migrate
from store.models import Flow, FlowVersion, Mailbox, MailboxNumber
from store.models.flow import State

MAIN = """\
flow: main
title: Main
language: en
start: hello
steps:
  hello:
    play: jingle
    next: leave
  leave:
    voicemail: {box: "801"}
    next: anna
  anna:
    dial: {to: anna}
    next: bye
  bye:
    hangup: [{prompt: farewell}, "Goodbye."]
"""


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BoxRecords]:
    monkeypatch.setenv("PRESSLINE_HOME", str(tmp_path))  # where the queue of jobs is
    Home(tmp_path).make()
    connect(tmp_path / "pressline.db")
    migrate()
    (tmp_path / "own-prompts" / "jingle.wav").write_bytes(b"")
    desk = Mailbox.create(name="desk")
    MailboxNumber.create(number="801", mailbox=desk)
    people.create(checked("DE", name="anna"))
    flow = Flow.create(name="main")
    FlowVersion.create(flow=flow, number=1, state=State.LIVE, text=MAIN)
    sidecar = Sidecar("appliance.sidecar_tasks", "1")  # never started here
    yield BoxRecords(Settings(home=tmp_path), sidecar)
    disconnect()


@pytest.mark.parametrize(
    ("kind", "names"),
    [("mailbox", ["desk", "801"]), ("person", ["anna"]), ("prompt", ["jingle"])],
)
def test_a_live_flow_is_named_that_would_miss_something(
    box: BoxRecords, kind: str, names: list[str]
) -> None:
    assert box.flows_needing(kind, names) == ["main"]


@pytest.mark.parametrize("kind", ["mailbox", "person", "prompt", "query", "room", "expert_line"])
def test_nobody_misses_what_no_flow_names(box: BoxRecords, kind: str) -> None:
    assert box.flows_needing(kind, ["other"]) == []


def test_recordings_are_told_with_the_flows_that_name_them(box: BoxRecords) -> None:
    assert box.recordings_named() == {"jingle": ["main"], "farewell": ["main"]}


def test_a_box_that_does_not_run_is_not_told(box: BoxRecords) -> None:
    assert not box.announce()
