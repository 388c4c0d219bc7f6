"""Flows change while calls are up; what would strand a caller does not go live."""

from pathlib import Path

import pytest

from tests.end_to_end.box import OURS, Box
from tests.end_to_end.callers import call, call_id, kept
from tests.end_to_end.conftest import PhoneMaker
from tests.end_to_end.spoken import Spoken

DAILY = OURS.parent.parent / "examples" / "daily"
MORNING = (OURS / "flows" / "edition.yaml").read_text()
EVENING = MORNING.replace("morning", "evening")


def begins(edition: str) -> str:
    return f"This is the {edition} edition of our news line."


def ends(edition: str) -> str:
    return f"You heard the {edition} edition until the end."


def written(folder: Path, text: str, name: str = "edition.yaml") -> str:
    path = folder / name
    path.write_text(text)
    return str(path)


def publish(box: Box, folder: Path, text: str) -> int:
    """The version that is live now."""
    told = box.reloaded_by("publish", written(folder, text))
    return int(told.split("edition: version ")[1].split()[0])


@pytest.fixture
def morning(rough_box: Box, tmp_path: Path) -> int:
    """The morning edition is live."""
    return publish(rough_box, tmp_path, MORNING)


def test_a_call_finishes_on_its_version_and_the_next_one_has_the_new(
    rough_box: Box, phones: PhoneMaker, rough_spoken: Spoken, tmp_path: Path, morning: int
) -> None:
    old = call(phones("5550801"), rough_box, "302")
    rough_spoken.wait_heard(begins("morning"), old.line.heard)
    evening = publish(rough_box, tmp_path, EVENING)
    new = call(phones("5550802"), rough_box, "302")
    rough_spoken.wait_heard(begins("evening"), new.line.heard)
    rough_spoken.wait_heard(ends("morning"), old.line.heard)
    rough_spoken.wait_heard(ends("evening"), new.line.heard)
    assert kept(old, rough_box).version == morning
    assert kept(new, rough_box).version == evening != morning


def test_rolled_back_the_version_before_answers_again(
    rough_box: Box, phones: PhoneMaker, rough_spoken: Spoken, tmp_path: Path, morning: int
) -> None:
    publish(rough_box, tmp_path, EVENING)
    told = rough_box.reloaded_by("rollback", "edition")
    assert f"edition: version {morning} is live again" in told
    phone = call(phones("5550803"), rough_box, "302")
    rough_spoken.wait_heard(begins("morning"), phone.line.heard)
    phone.hang_up()
    assert kept(phone, rough_box).version == morning


MISTAKES = {
    "a mistake": (MORNING.replace("next: wait", "next: weit"), ":8:", "did you mean"),
    "a failing test call": (
        MORNING.replace("hears: [edition]", "hears: [weather]"),
        "the edition is named",
        "weather",
    ),
    "a query that there is not": (
        MORNING.replace(
            "{pause: 6s, next: closing}",
            "{query: {name: subscriptoin, store: x}, "
            "on: {empty: closing, stale: closing, error: closing}, next: closing}",
        ),
        "subscriptoin",
        "subscription",
    ),
    "no yaml": ("flow: [edition", "edition.yaml:", ""),
}


@pytest.mark.parametrize("kind", MISTAKES)
def test_a_flow_that_would_strand_a_caller_is_refused_and_the_live_one_stays(
    rough_box: Box, phones: PhoneMaker, tmp_path: Path, morning: int, kind: str
) -> None:
    text, where, what = MISTAKES[kind]
    refused = rough_box.command("publish", written(tmp_path, text))
    assert refused.returncode == 1
    assert where in refused.stdout
    assert what in refused.stdout
    assert "Traceback" not in refused.stdout
    phone = call(phones("5550804"), rough_box, "302")
    rough_box.ledger.wait_started(call_id(phone))
    phone.hang_up()
    assert kept(phone, rough_box).version == morning


def test_a_flow_that_would_go_round_with_another_live_one_is_refused(
    rough_box: Box, tmp_path: Path, morning: int
) -> None:
    """`main` waits for the end of `delivery`; a `delivery` that calls `main` would go round."""
    loop = "flow: delivery\nstart: back\nsteps:\n  back: {flow: main}\n"
    refused = rough_box.command("publish", written(tmp_path, loop, "delivery.yaml"))
    assert refused.returncode == 1, refused.stdout
    assert "Traceback" not in refused.stdout


RENAMED = """
queries:
  subscription:
    source: daily
    sql: SELECT name, title, title_zh, ends_on FROM subscriptions WHERE number = :subscriber
    parameters: {subscriber: {type: digits, max_length: 8}}
"""


def test_a_query_whose_parameter_was_renamed_stops_publishing(
    rough_box: Box, tmp_path: Path, morning: int
) -> None:
    rough_box.take_in(RENAMED)
    try:
        refused = rough_box.command("publish", written(tmp_path, EVENING))
        assert refused.returncode == 1
        assert "subscription" in refused.stdout and "number" in refused.stdout
    finally:
        rough_box.take_in((DAILY / "paper.yaml").read_text())
        rough_box.take_in((OURS / "paper.yaml").read_text())
        publish(rough_box, tmp_path, MORNING)
