"""dial: who is rung how, what they hear, and what the directory is told afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from ivr_flows.errors import FlowInvalid
from ivr_flows.ports import (
    BridgeOutcome,
    BridgeResult,
    BridgeRule,
    CallEnded,
    CallFailed,
    Party,
    Reach,
    Target,
)
from ivr_flows.script import Script, SimulatedClock
from ivr_flows.simulated_call import SimulatedCall
from ivr_flows.simulator import (
    NOON,
    SimulatedDirectory,
    SimulatedSpeech,
)
from ivr_flows.trace import Run, RunEnd
from tests.ivr_flows.doubles import WORLD, BrokenSpeech, call_of, flow_of
from tests.ivr_flows.test_engine import ports_for, run

ENDS = """
b: {tag: busy}
n: {tag: no_answer}
f: {tag: forbidden}
u: {tag: unreachable}
"""
ON = "on: {busy: b, no_answer: n, forbidden: f, unreachable: u}"
ANNA = (
    Target("user", "201", "Anna", reservation=1),
    Target("sip", "+49171@a", "Anna", confirm=True, reservation=2),
)
CALLER = Party("5551234")
BEN = (Target("user", "202", "Ben", reservation=3),)


class People(SimulatedDirectory):
    """Anna and Ben, and what was asked."""

    def __init__(self, **reaches: Reach) -> None:
        super().__init__()
        self.reaches = {"anna": Reach(ANNA, language="zh"), "ben": Reach(BEN), **reaches}
        self.asked: list[tuple[str, str, str]] = []

    def reach(self, name: str, asked_by: str, call_id: str) -> Reach:
        self.asked.append((name, asked_by, call_id))
        return self.reaches.get(name, Reach())


@dataclass
class Rung:
    """A call, and the bridges that it was told to make."""

    run: Run
    rules: list[BridgeRule]
    targets: list[tuple[Target, ...]]
    people: People

    def settled(self) -> list[tuple[str, BridgeOutcome | None]]:
        return self.people.settled


@dataclass
class Stage:
    people: People = field(default_factory=People)
    answers: Mapping[str, BridgeOutcome] = field(default_factory=dict)
    speech: Any = field(default_factory=SimulatedSpeech)
    caller: Party = CALLER
    breaks: Exception | None = None

    def dial(self, step: str) -> Rung:
        clock = SimulatedClock(NOON)
        call = SimulatedCall(clock, Script(outcomes=self.answers), self.caller, "100")
        rung = Rung(Run("", ""), [], [], self.people)
        bridge = call.bridge

        def watched(targets: Any, rule: BridgeRule) -> BridgeResult:
            rung.rules.append(rule)
            rung.targets.append(tuple(targets))
            if self.breaks:
                raise self.breaks
            return bridge(targets, rule)

        call.bridge = watched  # type: ignore[method-assign]
        ports = ports_for(clock, speech=self.speech, directory=self.people, country="GB")
        rung.run = run(flow_of(f"a: {{dial: {step}, {ON}}}{ENDS}"), call, ports)
        return rung


def words(prompts: Any) -> list[str]:
    return [prompt.text for prompt in prompts]


def test_a_person_is_asked_for_with_the_callers_number() -> None:
    rung = Stage().dial("anna")
    assert rung.people.asked == [("anna", "5551234", "simulated")]
    assert rung.targets == [ANNA]


def test_whoever_withholds_the_number_is_nobody_to_the_limits() -> None:
    rung = Stage(caller=Party("5551234", withheld=True)).dial("anna")
    assert rung.people.asked == [("anna", "", "simulated")]
    assert words(rung.rules[0].confirm)[0] == "有打给Daily的电话。"


def test_the_question_is_put_in_the_language_of_who_is_rung() -> None:
    (rule,) = Stage().dial("anna").rules
    assert words(rule.confirm) == ["有打给Daily的电话，来自五五五，幺二三四。", "接听请按1。"]


def test_the_question_names_the_paper_and_the_caller() -> None:
    people = People(anna=Reach(ANNA, language="en"))
    (rule,) = Stage(people).dial("anna").rules
    asked = ["A call for Daily from five five five, one two three four.", "Press 1 to take it."]
    assert words(rule.confirm) == asked


@pytest.mark.parametrize("number", ["", "sip:x", "1" * 200, "{paper}", "\x00", "; hangup"])
def test_a_number_that_cannot_be_said_is_left_out_of_the_question(number: str) -> None:
    people = People(anna=Reach(ANNA, language="en"))
    (rule,) = Stage(people, caller=Party(number)).dial("anna").rules
    assert words(rule.confirm) == ["A call for Daily.", "Press 1 to take it."]


def test_nobody_is_asked_where_the_flow_says_so() -> None:
    rung = Stage().dial("{to: anna, confirm: false}")
    assert words(rung.rules[0].confirm) == []
    assert [target.confirm for target in rung.targets[0]] == [False, False]


def test_the_flows_own_question_and_whisper_are_heard_by_who_is_rung_only() -> None:
    step = '{to: anna, whisper: {zh: "广告"}, confirm: "Take it with 1."}'
    rung = Stage().dial(step)
    (rule,) = rung.rules
    assert (words(rule.whisper), words(rule.confirm)) == (["广告"], ["Take it with 1."])
    assert "said" not in rung.run.trace[0].detail


def test_music_number_shown_and_country_reach_the_bridge() -> None:
    step = '{to: ben, music: waltz, hold_music: tango, show: "{{ dialed }}", ring: 7s}'
    (rule,) = Stage().dial(step).rules
    assert rule.music is not None
    assert rule.hold_music is not None
    told = rule.music.text, rule.hold_music.text, rule.caller_number, rule.ring_seconds
    assert told == ("[waltz]", "[tango]", "100", 7.0)
    assert (rule.country, rule.at_once, list(rule.confirm)) == ("GB", False, [])


def test_where_nothing_can_be_said_people_are_rung_all_the_same() -> None:
    rung = Stage(speech=BrokenSpeech()).dial("{to: anna, whisper: Hello, music: waltz}")
    (rule,) = rung.rules
    assert (list(rule.whisper), list(rule.confirm), rule.music) == ([], [], None)
    assert rung.run.end is RunEnd.TRANSFERRED


def test_the_next_person_is_asked_for_only_when_the_first_was_not_reached() -> None:
    assert Stage().dial("[anna, ben]").targets == [ANNA]
    busy = {"Anna": BridgeOutcome.BUSY}
    assert Stage(answers=busy).dial("[anna, ben]").targets == [ANNA, BEN]


def test_rung_at_once_all_people_are_one() -> None:
    rung = Stage().dial("{to: [nobody, anna, ben], at_once: true}")
    assert rung.targets == [(*ANNA, *BEN)]
    assert rung.rules[0].at_once is True
    assert words(rung.rules[0].confirm)[1] == "接听请按1。"


@pytest.mark.parametrize(("wish", "at_once"), [("", True), (", at_once: false", False)])
def test_a_person_rings_as_they_like_unless_the_flow_says_otherwise(
    wish: str, at_once: bool
) -> None:
    people = People(anna=Reach(ANNA, at_once=True))
    assert Stage(people).dial(f"{{to: anna{wish}}}").rules[0].at_once is at_once


def test_each_number_is_told_of_and_who_was_not_rung_is_released() -> None:
    rung = Stage(answers={"Anna": BridgeOutcome.NO_ANSWER}).dial("anna")
    assert rung.settled() == [("Anna", "no_answer"), ("Anna", "no_answer")]
    assert rung.run.tags == ["no_answer"]
    assert Stage().dial("anna").settled() == [("Anna", "answered"), ("Anna", None)]


def test_a_caller_who_hangs_up_while_it_rings_has_it_counted() -> None:
    ended = CallEnded(tried=[(ANNA[0], BridgeOutcome.NO_ANSWER)])
    assert Stage(breaks=ended).dial("anna").settled() == [("Anna", "no_answer"), ("Anna", None)]


def test_a_bridge_that_breaks_counts_as_rung() -> None:
    rung = Stage(breaks=CallFailed("bridge", "not finished")).dial("anna")
    assert (rung.settled(), rung.run.end) == ([], RunEnd.FAILED)


def test_rules_that_forbid_every_number_are_an_event_of_their_own() -> None:
    rung = Stage(People(anna=Reach(refused="premium"))).dial("anna")
    assert rung.run.tags == ["forbidden"]
    assert rung.run.trace[0].detail["not dialled"] == "premium"


def test_somebody_who_is_nobody_is_unreachable() -> None:
    assert Stage().dial("nobody").run.tags == ["unreachable"]


def test_a_number_that_is_left_out_does_not_hide_what_became_of_the_others() -> None:
    people = People(anna=Reach(ANNA[:1], refused="premium"))
    busy = {"Anna": BridgeOutcome.BUSY}
    assert Stage(people, busy).dial("[anna, nobody]").run.tags == ["busy"]


def test_a_flow_can_be_tried_with_somebody_who_may_not_be_dialled() -> None:
    simulation = call_of(f"a: {{dial: desk, {ON}}}{ENDS}", answers={"desk": "forbidden"})
    assert (simulation.run.tags, simulation.call.dialled) == (["forbidden"], [])


@pytest.mark.parametrize("number", ["+49301234567", "0171 1234567", "(030) 123 45-67"])
def test_a_number_needs_no_entry_in_the_directory(number: str) -> None:
    assert flow_of(f'a: {{dial: "{number}"}}', world=WORLD).steps
    assert Stage().dial(f'"{number}"').people.asked == [(number, "5551234", "simulated")]


def test_a_desk_phone_that_is_nobodys_is_a_mistake() -> None:
    with pytest.raises(FlowInvalid, match='nobody in the directory is called "2010"'):
        flow_of('a: {dial: "2010"}', world=WORLD)
