"""The picture of a flow, drawn even while the text has mistakes."""

import pytest

from appliance.steps import TABLE
from ivr_flows.outline import OutlinedStep, Way, outline
from ivr_flows.vocabulary import vocabulary

MAIN = b"""\
flow: main
title: Main line
start: ask
on: {error: bye}
steps:
  ask:
    menu:
      say: Press 1.
      options: {"1": news}
      noinput: bye

  news: {say: "News.", next: bye}
  bye:
    hangup: Goodbye.
tests:
  - {name: goodbye, ends: bye}
"""


def test_steps_have_their_lines_and_their_ways() -> None:
    found = outline(MAIN, "main")
    assert (found.flow, found.title, found.start, found.rescue) == (
        "main",
        "Main line",
        "ask",
        "bye",
    )
    ask, news, bye = found.steps
    assert (ask.line, ask.last, news.line, news.last, bye.line, bye.last) == (6, 11, 12, 12, 13, 14)
    assert Way("1", "news") in ask.ways
    assert Way("done", "bye") in news.ways
    assert found.problems == ()
    assert found.tests == 1


def test_a_step_with_a_mistake_keeps_its_place_and_what_it_names() -> None:
    found = outline(MAIN.replace(b"options:", b"optoins:"), "main")
    assert found.steps[0] == OutlinedStep(
        "ask", "menu", 6, 11, (Way("1", "news"), Way("noinput", "bye"))
    )
    assert [problem.line for problem in found.problems] == [7, 9]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[1, 2]",
        b"steps: 3",
        b"flow: x\nsteps: {a: 3, b: [1], c: {}}",
        b"flow: [1]\nstart: {}\nsteps: {a: {say: hi}}",
        b"a: &a [*a]",
        b"\x00",
        b"\xff\xfe",
        b"a: !!python/object:os.system x",
        b"[" * 5_000,
        b"x" * 5_000_000,
        b"a: &a [x,x,x,x,x,x,x,x]\n" * 1
        + b"".join(
            b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % ((c, c) + (c - 1,) * 8)
            for c in range(ord("b"), ord("j"))
        ),
    ],
)
def test_hostile_text_is_told_as_mistakes(text: bytes) -> None:
    assert outline(text, "main").problems


def test_every_verb_and_field_is_explained_to_an_editor() -> None:
    words = vocabulary(TABLE)
    assert set(words["verbs"]) == set(TABLE)
    for verb, word in words["verbs"].items():
        assert word["about"] and word["example"], verb
        assert all(field["about"] for field in word["fields"].values()), verb


def test_an_editor_knows_what_a_field_takes() -> None:
    verbs = vocabulary(TABLE)["verbs"]
    assert verbs["menu"]["fields"]["noinput"]["names"] == "step"
    assert verbs["menu"]["fields"]["options"]["leads"]
    assert verbs["query"]["fields"]["name"]["names"] == "query"
    assert verbs["query"]["fields"]["rows"]["values"] == ["one", "all"]
    assert verbs["voicemail"]["fields"]["box"]["names"] == "mailbox"
