"""A draft tried out beside the live flows, on the paper's own queries and voices."""

import sqlite3
from pathlib import Path

import pytest

from admin.errors import Refused
from appliance import paper_file
from appliance.errors import SidecarTimeout
from appliance.panel_parts.trying import FlowTrying
from appliance.settings import Settings
from ivr_flows.ports import Prompt, QueryOutcome, QueryResult
from ivr_flows.trial import Trial
from ivr_flows.trying_out import Said
from tests.appliance.test_publishing import HELLO, go_live
from tests.doubles import FakeSidecar

pytestmark = pytest.mark.usefixtures("store")

DRAFT = """\
flow: draft
language: en
start: greet
steps:
  greet: {flow: {name: hello}, next: look}
  look:
    query: {name: editions, store: edition}
    on: {empty: none, stale: none, error: none}
    next: tell
  tell: {say: "Edition {{ edition.name }}."}
  none: {say: "No edition."}
"""
PAPER = """\
sources: {paper: {url: "sqlite:///paper.db"}}
queries: {editions: {source: paper, sql: "SELECT name FROM edition"}}
"""
SAID = Said(Path("x"), "Hello.", language="en")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    with sqlite3.connect(tmp_path / "paper.db") as paper:
        paper.execute("CREATE TABLE edition (name TEXT)")
    paper_file.take_in(PAPER, str(tmp_path / "paper.yaml"), country="")
    go_live(HELLO)
    return Settings(home=tmp_path / "home", paper_name="the Echo")


def heard(desk: FlowTrying, **given: object) -> list[str]:
    trial = Trial.model_validate({"name": "t", **given})
    return [piece.text for piece in desk.attempt(DRAFT, trial, typing=True, really_ask=True).pieces]


def test_a_draft_calls_live_flows_and_asks_the_papers_database(settings: Settings) -> None:
    sidecar = FakeSidecar(QueryResult(QueryOutcome.OK, [{"name": "B"}]))
    assert heard(FlowTrying(settings, sidecar)) == ["Hello from the Echo.", "Edition B."]
    assert sidecar.asked[0][0] == "query"


def test_what_is_given_is_found_without_asking(settings: Settings) -> None:
    sidecar = FakeSidecar(None)
    assert heard(FlowTrying(settings, sidecar), **{"with": {"editions": "empty"}})[-1] == (
        "No edition."
    )
    assert sidecar.asked == []


def test_the_queries_of_a_draft_are_known(settings: Settings) -> None:
    assert FlowTrying(settings, FakeSidecar(None)).queries_of(DRAFT) == ["editions"]


def test_a_draft_with_mistakes_is_refused_with_their_places(settings: Settings) -> None:
    with pytest.raises(Refused, match=r'the draft:7:\d+ step "look"'):
        FlowTrying(settings, FakeSidecar(None)).queries_of(DRAFT.replace("editions", "edition"))


def test_a_line_is_said_by_the_boxs_own_voices(settings: Settings) -> None:
    sidecar = FakeSidecar([Prompt(Path("hello.wav"), "Hello.")])
    assert FlowTrying(settings, sidecar).sound(SAID) == [Path("hello.wav")]
    assert sidecar.asked == [("say", "Hello.", "en", "")]


def test_a_voice_that_does_not_come_is_said_in_words(settings: Settings) -> None:
    desk = FlowTrying(settings, FakeSidecar(SidecarTimeout("say was not done in 8 s")))
    with pytest.raises(Refused, match="not done in 8 s"):
        desk.sound(SAID)
