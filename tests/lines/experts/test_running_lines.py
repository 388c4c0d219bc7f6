"""The port of expert lines in the callbox: what it asks of the sidecar."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from appliance.errors import SidecarFailed, SidecarTimeout
from appliance.expert_line_tasks import expert_line_tasks
from appliance.settings import load
from appliance.sidecar import Sidecar
from appliance.switchboard.expert_hours import ExpertHours
from appliance.switchboard.expert_lines import RunningExpertLines
from ivr_flows.ports import Party
from lines.experts.ports import ExpertLineAway
from tests.doubles import FakeSidecar
from tests.lines.experts.calls import LINE, QUESTION

CALLER = Party("0301234567")
RECORDING = Path("/answers/a1.wav")
Asking = Callable[[RunningExpertLines], Any]

ASKED: list[tuple[Asking, tuple[Any, ...]]] = [
    (lambda lines: lines.now("science"), ("expert_line_now", "science")),
    (lambda lines: lines.session(7), ("expert_session", 7)),
    (
        lambda lines: lines.sign_in(LINE, "4815", CALLER),
        ("expert_sign_in", LINE, "4815", CALLER),
    ),
    (lambda lines: lines.late_questions(LINE), ("late_questions", LINE)),
    (lambda lines: lines.draft_answer(LINE, QUESTION), ("draft_answer", LINE, "m1")),
    (
        lambda lines: lines.keep_answer(LINE, QUESTION, RECORDING, 3.0, "Storm"),
        ("keep_answer", RECORDING, "Storm"),
    ),
    (lambda lines: lines.drop_question(LINE, QUESTION), ("drop_question", LINE, "m1")),
    (lambda lines: lines.answers("a1"), ("late_answers", "a1")),
    (lambda lines: lines.answer_heard("a1"), ("answer_heard", "a1")),
]


def lines_on(sidecar: FakeSidecar) -> RunningExpertLines:
    return RunningExpertLines(cast(Sidecar, sidecar), cast(ExpertHours, None))


@pytest.mark.parametrize(("ask", "asked"), ASKED)
def test_all_that_blocks_is_asked_of_the_sidecar(ask: Asking, asked: tuple[Any, ...]) -> None:
    sidecar = FakeSidecar(None)
    ask(lines_on(sidecar))
    assert sidecar.asked == [asked]


@pytest.mark.parametrize("failure", [SidecarFailed("died"), SidecarTimeout("late")])
@pytest.mark.parametrize("ask", [ask for ask, _ in ASKED])
def test_a_sidecar_that_does_not_answer_means_that_the_lines_are_away(
    ask: Asking, failure: Exception
) -> None:
    with pytest.raises(ExpertLineAway):
        ask(lines_on(FakeSidecar(failure)))


def test_every_task_that_is_asked_for_is_there() -> None:

    assert {asked[0] for _, asked in ASKED} == set(expert_line_tasks(load({})))
