"""The step `callback`: what callers are asked and told, and what is promised."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from appliance.steps import TABLE
from ivr_flows.engine import run_flow
from ivr_flows.loader import EVERYTHING, load_flow
from ivr_flows.ports import Party, Ports, Recordings
from ivr_flows.script import Script, SimulatedClock
from ivr_flows.simulated_call import SimulatedCall
from ivr_flows.simulator import (
    FACTS,
    NOON,
    SimulatedDirectory,
    SimulatedHttp,
    SimulatedQueries,
    SimulatedSpeech,
)
from ivr_flows.trace import Run
from lines.callbacks.ports import Booked, Callbacks, CallbacksAway, CallbackWish, Refusal
from lines.callbacks.simulated import SimulatedCallbacks
from lines.callbacks.words import NOT_THERE, TOO_MANY, WE_CALL

CALLER = Party("+493012345678")
HIDDEN = Party("+493012345678", withheld=True)


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a call."""

    run: Run
    heard: str
    box: SimulatedCallbacks

    @property
    def event(self) -> str:
        return self.run.trace[0].event

    @property
    def wish(self) -> CallbackWish:
        (booked,) = self.box.booked
        return booked


class AwayCallbacks(SimulatedCallbacks):
    def book(self, wish: CallbackWish) -> Booked | Refusal:
        raise CallbacksAway("the store is away")


def ask(
    fields: str = "{flow: answer}",
    keys: Sequence[str] = (),
    caller: Party = CALLER,
    box: SimulatedCallbacks | None = None,
    language: str = "en",
) -> Asked:
    """A caller comes to the step with these fields."""
    box = box or SimulatedCallbacks()
    clock = SimulatedClock(NOON)
    script = Script(keys=deque(keys))
    call = SimulatedCall(clock, script, caller, "100")
    text = (
        f"flow: main\nlanguage: {language}\nstart: a\nsteps:\n"
        f"  a: {{callback: {fields}, next: z}}\n  z: {{tag: went-on}}\n"
    )
    flow = load_flow(text, "main.yaml", EVERYTHING, TABLE)
    ports = Ports(
        speech=SimulatedSpeech(),
        queries=SimulatedQueries({}),
        http=SimulatedHttp(),
        directory=SimulatedDirectory(),
        clock=clock,
        recordings=Recordings(Path("/simulated")),
        facts=FACTS,
        services={Callbacks: box},
    )
    run = run_flow(flow, call, ports, flows=lambda name: None)
    return Asked(run, " ".join(call.heard), box)


def test_a_caller_confirms_the_number_that_they_show() -> None:
    asked = ask(keys=["1"])
    assert asked.event == "done"
    assert asked.wish.number == asked.wish.asked_by == CALLER.number
    assert WE_CALL["en"] in asked.heard


def test_another_number_is_keyed_and_read_back() -> None:
    asked = ask(keys=["0309876543#", "1"])
    assert "You keyed zero three zero" in asked.heard
    assert (asked.wish.number, asked.wish.asked_by) == ("0309876543", CALLER.number)


def test_who_hides_the_number_is_asked_for_one() -> None:
    asked = ask(keys=["0309876543#", "1"], caller=HIDDEN)
    assert (asked.wish.number, asked.wish.asked_by) == ("0309876543", "")


def test_a_caller_who_keys_nothing_is_not_called() -> None:
    asked = ask(keys=["#"])
    assert asked.event == "nothing"
    assert asked.box.booked == []


def test_a_number_that_the_flow_knows_is_not_asked_for() -> None:
    asked = ask('{flow: answer, number: "{{ caller.number }}"}')
    assert asked.wish.number == CALLER.number
    assert "Your number is" not in asked.heard


@pytest.mark.parametrize(
    ("refusal", "words"), [(Refusal.NUMBER, NOT_THERE), (Refusal.FULL, TOO_MANY)]
)
def test_a_caller_who_cannot_be_called_is_told(refusal: Refusal, words: dict[str, str]) -> None:
    box = SimulatedCallbacks(refusals={CALLER.number: refusal})
    asked = ask(keys=["1"], box=box)
    assert asked.event == "refused"
    assert words["en"] in asked.heard
    assert asked.run.tags == ["went-on"]


def test_the_wish_is_what_the_flow_says() -> None:
    asked = ask(
        "{flow: answer, with: {topic: tax, n: 3}, attempts: 2, language: yue, number: '030123',"
        " when: {after: 2h, within: 3d, hours: {mon-tue: '9:00-17:30', sun: '22:00-06:00'}}}"
    )
    wish = asked.wish
    assert (wish.flow, wish.given, wish.attempts) == ("answer", {"topic": "tax", "n": 3}, 2)
    assert (wish.language, wish.after, wish.within) == ("yue", 7200.0, 3 * 86_400.0)
    day = ["09:00-17:30"]
    assert wish.hours == {"mon": day, "tue": day, "sun": ["22:00-06:00"]}


def test_when_nothing_can_be_promised_the_step_fails() -> None:
    asked = ask(keys=["1"], box=AwayCallbacks())
    assert asked.event == "error"
    assert "cannot be promised" in asked.run.trace[0].error


@pytest.mark.parametrize("language", ["en", "zh", "yue"])
def test_callers_are_told_in_their_language(language: str) -> None:
    asked = ask(keys=["1"], language=language)
    assert WE_CALL[language] in asked.heard
    assert asked.wish.language == language
