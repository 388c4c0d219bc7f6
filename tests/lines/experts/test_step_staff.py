"""Hosts, screeners and experts ring a line, and askers are called with their answers."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ivr_flows.ports import Role
from ivr_flows.simulator import NOON
from ivr_flows.trace import RunEnd
from lines.experts.ports import Farewell, LineFacts, Place, Seat, SessionState, SignedIn
from lines.experts.simulated import SimulatedExpertLines, SimulatedVisit
from lines.experts.talk.staff_words import (
    ANSWER_GONE,
    ANSWERED_ALREADY,
    ASK_PIN,
    CHOICES,
    CHOICES_NO_ANSWER,
    LOCKED,
    NO_QUESTIONS,
    REVIEW,
    SENT,
    TOO_SHORT,
    WRONG,
)
from tests.lines.experts.calls import ANSWER, HOUR, NEXT, QUESTION, ring, simulated

ASK = "{line: science, seat: ask}"
PIN = "481516"
MODERATOR = Place("hall-7", Role.MODERATOR, hall=True)
DONE = replace(HOUR, state=SessionState.CLOSED, starts_at=NOON - timedelta(days=1))
LATE = {PIN: SignedIn(Seat.EXPERT, session=DONE)}


def visit(*places: Place, farewell: Farewell = Farewell.CLOSED) -> SimulatedVisit:
    return SimulatedVisit(Seat.HOST, list(places), farewell)


def test_a_pin_brings_its_owner_into_the_session_that_is_held() -> None:
    lines = simulated(pins={PIN: SignedIn(Seat.HOST, session=HOUR)}, visits=[visit(MODERATOR)])
    heard = ring(lines, ASK, keys=[f"{PIN}#"])
    assert lines.entered == [(7, Seat.HOST, "en")]
    assert heard.call.rooms == [("hall-7", Role.MODERATOR, True)]
    assert heard.event == "done"


def test_no_pin_ever_stands_in_the_trace() -> None:
    heard = ring(simulated(), ASK, keys=["123456#", f"{PIN}#", "#"])
    assert PIN not in str(heard.run.trace)
    assert "123456" not in str(heard.run.trace)


def test_a_wrong_pin_is_told_and_asked_for_again() -> None:
    heard = ring(simulated(), ASK, keys=["1111#", "2222#", "3333#"])
    assert heard.all.count(WRONG["en"]) == 3
    assert heard.event == "refused"


def test_after_too_many_wrong_pins_nobody_is_asked_any_more() -> None:
    locked = SignedIn(wait_seconds=60.0)
    heard = ring(simulated(pins={"1111": locked}), ASK, keys=["1111#", "2222#"])
    assert heard.all.count(ASK_PIN["en"]) == 1
    assert LOCKED["en"] in heard.all
    assert heard.event == "refused"


def test_a_line_that_does_not_exist_asks_for_a_pin_like_any_other() -> None:
    heard = ring(SimulatedExpertLines({"science": None}), ASK, keys=["1111#"])
    assert WRONG["en"] in heard.all
    assert heard.event == "refused"


@pytest.mark.parametrize(("minutes", "comes_in"), [(29, True), (31, False)])
def test_the_host_may_come_half_an_hour_early(minutes: int, comes_in: bool) -> None:
    coming = replace(
        HOUR, starts_at=NOON + timedelta(minutes=minutes, seconds=20), state=SessionState.SCHEDULED
    )
    pins = {PIN: SignedIn(Seat.HOST, session=coming)}
    lines = simulated(None, coming, pins=pins, visits=[visit(MODERATOR)])
    heard = ring(lines, ASK, keys=[f"{PIN}#"])
    assert bool(heard.call.rooms) is comes_in
    assert heard.event == ("done" if comes_in else "closed")


def test_a_host_outside_the_hour_hears_when_the_next_one_is() -> None:
    pins = {PIN: SignedIn(Seat.HOST, session=NEXT)}
    heard = ring(simulated(None, pins=pins), ASK, keys=[f"{PIN}#"])
    assert "The topic: The stars" in heard.all
    assert heard.event == "closed"


def test_a_host_who_was_thrown_out_is_told_by_the_event() -> None:
    thrown = visit(MODERATOR, farewell=Farewell.REMOVED)
    lines = simulated(pins={PIN: SignedIn(Seat.HOST, session=HOUR)}, visits=[thrown])
    assert ring(lines, ASK, keys=[f"{PIN}#"]).event == "removed"


def test_an_expert_who_is_called_joins_at_once() -> None:
    lines = simulated(visits=[visit(MODERATOR)])
    heard = ring(lines, '{session: "7", seat: expert}')
    assert lines.entered == [(7, Seat.EXPERT, "en")]
    assert heard.event == "done"


@pytest.mark.parametrize("number", ["8", "x", "", "٧", "7; drop table", "-7", "9" * 60])
def test_a_session_that_does_not_exist_is_an_event(number: str) -> None:
    heard = ring(simulated(), f'{{session: "{number}", seat: expert}}')
    assert heard.event == "unknown"
    assert heard.lines.entered == []


def test_an_expert_outside_the_hour_hears_the_questions_and_answers_one() -> None:
    lines = simulated(None, pins=LATE, questions=[QUESTION])
    heard = ring(lines, ASK, keys=[f"{PIN}#", "1", "1"], speaks=[20.0])
    assert "Question one. [m1]" in heard.all
    assert CHOICES["en"] in heard.all
    assert lines.kept == [("m1", Path("/simulated/answers/m1.wav"), "Doctor Storm")]
    assert SENT["en"] in heard.all
    assert heard.event == "done"


def test_nothing_is_sent_that_the_expert_has_not_sent() -> None:
    lines = simulated(None, pins=LATE, questions=[QUESTION])
    heard = ring(lines, ASK, keys=[f"{PIN}#", "1", "", "", "", "3"], speaks=[20.0])
    assert heard.all.count(REVIEW["en"]) == 3
    assert lines.kept == []


def test_an_expert_who_hangs_up_while_speaking_has_sent_nothing() -> None:
    lines = simulated(None, pins=LATE, questions=[QUESTION])
    heard = ring(lines, ASK, keys=[f"{PIN}#", "1"], speaks=[500.0], hangs_up=60.0)
    assert heard.run.end is RunEnd.HUNG_UP
    assert lines.kept == []


def test_an_answer_is_recorded_again_and_heard_before_it_is_sent() -> None:
    lines = simulated(None, pins=LATE, questions=[QUESTION])
    heard = ring(lines, ASK, keys=[f"{PIN}#", "1", "2", "3", "1"], speaks=[20.0, 30.0])
    assert "[answer]" in heard.all
    assert len(lines.kept) == 1


def test_a_click_is_no_answer() -> None:
    lines = simulated(None, pins=LATE, questions=[QUESTION])
    heard = ring(lines, ASK, keys=[f"{PIN}#", "1", "1"], speaks=[0.4, 20.0])
    assert TOO_SHORT["en"] in heard.all
    assert len(lines.kept) == 1


def test_a_question_is_heard_again_kept_for_later_or_dropped() -> None:
    second, third = replace(QUESTION, message="m2"), replace(QUESTION, message="m3")
    lines = simulated(None, pins=LATE, questions=[QUESTION, second, third])
    heard = ring(lines, ASK, keys=[f"{PIN}#", "2", "3", "4", "3"])
    assert heard.all.count("[m1]") == 2
    assert lines.dropped == ["m2"]
    assert "[m3]" in heard.all


def test_an_expert_who_keys_nothing_keeps_the_question_for_later() -> None:
    lines = simulated(None, pins=LATE, questions=[QUESTION])
    heard = ring(lines, ASK, keys=[f"{PIN}#"])
    assert (lines.kept, lines.dropped) == ([], [])
    assert heard.event == "done"


def test_who_cannot_be_called_back_gets_no_answer_recorded() -> None:
    forbidden = replace(QUESTION, refused="no rule allows it")
    lines = simulated(None, pins=LATE, questions=[forbidden])
    heard = ring(lines, ASK, keys=[f"{PIN}#", "1", "4"])
    assert CHOICES_NO_ANSWER["en"] in heard.all
    assert lines.kept == []
    assert lines.dropped == ["m1"]


def test_a_question_that_somebody_has_answered_meanwhile_is_told() -> None:
    lines = simulated(None, pins=LATE, questions=[QUESTION], settled=["m1"])
    heard = ring(lines, ASK, keys=[f"{PIN}#", "1"])
    assert ANSWERED_ALREADY["en"] in heard.all
    assert heard.event == "done"


def test_an_expert_without_questions_is_told_so_and_when_the_next_hour_is() -> None:
    heard = ring(simulated(None, pins=LATE), ASK, keys=[f"{PIN}#"])
    assert NO_QUESTIONS["en"] in heard.all
    assert "The topic: The stars" in heard.all


def test_who_asked_hears_question_and_answer() -> None:
    lines = simulated(sent={"a1": [ANSWER]})
    heard = ring(lines, '{answer: "a1"}')
    assert heard.all.index("[question]") < heard.all.index("[answer]")
    assert lines.heard == ["a1"]
    assert heard.event == "done"


def test_an_answer_counts_as_heard_only_at_its_end() -> None:
    lines = simulated(sent={"a1": [ANSWER]})
    heard = ring(lines, '{answer: "a1"}', hangs_up=25.0)
    assert heard.run.end is RunEnd.HUNG_UP
    assert lines.heard == []


def test_no_key_cuts_an_answer_short() -> None:
    lines = simulated(sent={"a1": [ANSWER]})
    heard = ring(lines, '{answer: "a1"}', keys=["2", ""])
    assert heard.all.count("[answer]") == 2
    assert heard.call.clock.time - NOON > timedelta(seconds=60)


def test_a_very_long_question_is_not_played_back() -> None:
    lines = simulated(sent={"a1": [replace(ANSWER, question_seconds=170.0)]})
    heard = ring(lines, '{answer: "a1"}')
    assert "[question]" not in heard.all
    assert lines.heard == ["a1"]


def test_all_answers_that_one_call_is_to_bring_are_heard() -> None:
    lines = simulated(sent={"a1": [ANSWER, replace(ANSWER, id="a2")]})
    ring(lines, '{answer: "a1"}')
    assert lines.heard == ["a1", "a2"]


def test_an_answer_that_is_gone_is_told() -> None:
    heard = ring(simulated(), '{answer: "a9"}')
    assert ANSWER_GONE["en"] in heard.all
    assert heard.event == "gone"


def test_while_the_store_is_away_an_answer_is_not_taken_for_sent() -> None:
    class AwayAtTheEnd(SimulatedExpertLines):
        def keep_answer(self, *facts: object) -> None:
            self.away = True
            self._reach()

    lines = AwayAtTheEnd(simulated(None).lines, pins=LATE, questions=[QUESTION])
    heard = ring(lines, ASK, keys=[f"{PIN}#", "1", "1"], speaks=[20.0])
    assert SENT["en"] not in heard.all


def test_the_line_of_a_made_up_name_has_number_0() -> None:
    seen: list[LineFacts] = []

    class Noting(SimulatedExpertLines):
        def sign_in(self, line: LineFacts, pin: str, caller: object) -> SignedIn:
            seen.append(line)
            return SignedIn()

    ring(Noting({"science": None}), ASK, keys=["1111#"])
    assert seen == [LineFacts(0, "science")]
