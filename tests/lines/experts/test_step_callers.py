"""A caller rings an expert line."""

from dataclasses import replace

import pytest

from ivr_flows.ports import Party, Prompt, Role, RoomOutcome, SpeechFailed
from ivr_flows.simulator import SimulatedSpeech
from ivr_flows.trace import RunEnd
from lines.experts.ports import Farewell, Seat
from lines.experts.simulated import SimulatedExpertLines, SimulatedVisit
from lines.experts.talk.words import AWAY, CONSENT, FULL, LEAVE, NONE_PLANNED, OVER, REMOVED
from tests.lines.experts.calls import ASIDE, HALL, HOUR, NOBODY, ring, simulated


def visit(*places: object, farewell: Farewell = Farewell.CLOSED) -> SimulatedVisit:
    return SimulatedVisit(Seat.CALLER, list(places) or [HALL, HALL], farewell)  # type: ignore[arg-type]


def test_a_caller_hears_topic_guest_and_consent_and_then_listens_in() -> None:
    heard = ring(simulated(visits=[visit(HALL, HALL)]))
    assert "The topic: The weather Our guest: Doctor Storm" in heard.all
    assert heard.all.index("The weather") < heard.all.index(CONSENT["en"])
    assert heard.call.rooms == [("hall-7", Role.LISTENER, True)]
    assert heard.event == "done"
    assert OVER["en"] in heard.all


def test_after_the_hour_the_next_one_is_told() -> None:
    heard = ring(simulated(visits=[visit()]))
    assert heard.all.endswith("The next one is at seven p.m. tomorrow. The topic: The stars")


def test_a_caller_goes_where_the_conductor_wants_them_until_there_is_no_place() -> None:
    heard = ring(simulated(visits=[visit(HALL, HALL, ASIDE, HALL)]))
    assert [room for room, _, _ in heard.call.rooms] == ["hall-7", "aside-q1", "hall-7"]


def test_callers_hear_the_lines_music_in_the_hall_until_somebody_is_there() -> None:
    musical = replace(HOUR, line=replace(HOUR.line, music="waltz"))
    heard = ring(simulated(musical, visits=[visit(HALL, HALL, ASIDE)]))
    assert heard.call.music == ["[waltz]", ""]


def test_without_the_recording_callers_come_in_all_the_same() -> None:
    class Mute(SimulatedSpeech):
        def recording(self, name: str, language: str) -> Prompt:
            raise SpeechFailed(name)

    musical = replace(HOUR, line=replace(HOUR.line, music="waltz"))
    heard = ring(simulated(musical, visits=[visit()]), speech=Mute())
    assert heard.call.music == [""]


def test_the_papers_own_introduction_and_consent_replace_the_usual_words() -> None:
    own = replace(HOUR, introduction="Good evening.", consent="We record all of it.")
    heard = ring(simulated(own, visits=[visit()]))
    assert "Good evening." in heard.all
    assert "We record all of it." in heard.all
    assert "The weather" not in heard.all
    assert CONSENT["en"] not in heard.all


def test_nobody_is_asked_for_consent_where_nothing_is_recorded() -> None:
    heard = ring(simulated(replace(HOUR, record=False), visits=[visit()]))
    assert CONSENT["en"] not in heard.all
    assert heard.call.rooms


def test_a_key_skips_the_introduction_but_not_the_consent() -> None:
    heard = ring(simulated(visits=[visit()]), caller=NOBODY, keys=["030123456#", "1"])
    assert CONSENT["en"] in heard.all


def test_a_caller_chooses_among_the_languages_of_the_session() -> None:
    lines = simulated(replace(HOUR, languages=("en", "yue")), visits=[visit()])
    heard = ring(lines, keys=["2"])
    assert "For English, press 1. 廣東話請按2。" in heard.all
    assert CONSENT["yue"] in heard.all
    assert lines.entered == [(7, Seat.CALLER, "yue")]
    assert heard.run.language == "yue"


def test_who_chooses_no_language_hears_the_one_of_the_call() -> None:
    lines = simulated(replace(HOUR, languages=("en", "zh")), visits=[visit()])
    assert ring(lines, language="zh", keys=["7", ""]).lines.entered == [(7, Seat.CALLER, "zh")]


@pytest.mark.parametrize("caller", [NOBODY, Party("anonymous"), Party("'; drop table"), Party("")])
def test_who_shows_no_number_is_asked_for_one_and_hears_it_read_back(caller: Party) -> None:
    lines = simulated(visits=[visit()])
    heard = ring(lines, caller=caller, keys=["0301234567#", "1"])
    assert "You keyed zero three zero, one two three, four five six seven." in heard.all
    assert lines.visits[0].number == "0301234567"


def test_who_gives_no_number_comes_in_all_the_same() -> None:
    lines = simulated(visits=[visit()])
    heard = ring(lines, caller=NOBODY, keys=["#"])
    assert lines.visits[0].number == ""
    assert heard.call.rooms


def test_who_shows_a_number_is_not_asked() -> None:
    lines = simulated(visits=[visit()])
    ring(lines, keys=["0301234567#", "1"])
    assert lines.visits[0].number == ""


def test_when_there_is_no_room_the_caller_is_told_without_an_introduction() -> None:
    full = SimulatedVisit(Seat.CALLER, [], Farewell.FULL)
    heard = ring(simulated(visits=[full]))
    assert heard.event == "full"
    assert FULL["en"] in heard.all
    assert "The weather" not in heard.all
    assert full.left == 1


def test_a_hall_that_stays_full_on_the_switch_is_told_as_full() -> None:
    heard = ring(simulated(visits=[visit(*[HALL] * 20)]), outcomes=[RoomOutcome.FULL] * 20)
    assert heard.event == "full"
    assert len(heard.call.rooms) == 5


def test_a_hall_that_was_full_for_a_moment_is_tried_again() -> None:
    heard = ring(simulated(visits=[visit(*[HALL] * 3)]), outcomes=[RoomOutcome.FULL])
    assert heard.event == "done"
    assert len(heard.call.rooms) == 2


def test_who_was_thrown_out_is_told_and_not_invited_again() -> None:
    heard = ring(simulated(visits=[visit(HALL, HALL, farewell=Farewell.REMOVED)]))
    assert heard.event == "removed"
    assert heard.all.endswith(REMOVED["en"])


def test_a_lost_session_ends_in_the_flows_error_and_never_in_silence() -> None:
    heard = ring(simulated(visits=[visit(HALL, farewell=Farewell.LOST)]))
    assert heard.run.end is RunEnd.FAILED
    assert "something went wrong" in heard.all


@pytest.mark.parametrize("moment", [0.5, 4.0, 12.0, 30.0])
def test_whenever_the_caller_hangs_up_the_visit_ends_once(moment: float) -> None:
    lines = simulated(visits=[visit(HALL, HALL)])
    heard = ring(lines, hangs_up=moment)
    assert heard.run.end is RunEnd.HUNG_UP
    assert [one.left for one in lines.visits] == [1]


def test_outside_the_hour_the_next_topic_day_and_time_are_told() -> None:
    heard = ring(simulated(None))
    assert "The next one is at seven p.m. tomorrow. The topic: The stars" in heard.all
    assert heard.event == "closed"


def test_outside_the_hour_key_1_leads_to_a_question() -> None:
    heard = ring(simulated(None), keys=["1"])
    assert heard.event == "question"
    assert heard.all.endswith("Speak")


def test_who_keys_something_else_is_asked_once_more() -> None:
    heard = ring(simulated(None), keys=["5", "1"])
    assert heard.all.count(LEAVE["en"]) == 2
    assert heard.event == "question"


def test_where_the_flow_takes_no_questions_nobody_is_invited_to_ask() -> None:
    heard = ring(simulated(None), "{line: science}", keys=["1"])
    assert LEAVE["en"] not in heard.all
    assert heard.event == "closed"


def test_when_nothing_is_planned_that_is_told() -> None:
    assert NONE_PLANNED["en"] in ring(simulated(None, None)).all


def test_a_line_that_does_not_exist_is_an_event() -> None:
    heard = ring(SimulatedExpertLines({"science": None}))
    assert heard.event == "unknown"


def test_when_the_lines_cannot_be_asked_the_caller_is_told_and_the_flow_goes_on() -> None:
    heard = ring(SimulatedExpertLines(away=True))
    assert AWAY["en"] in heard.all
    assert heard.run.end is RunEnd.FAILED
