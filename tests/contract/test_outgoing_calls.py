"""Outgoing calls with real phones on both switches: who is rung, and who takes the call."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import gevent
import pytest
from gevent.event import AsyncResult

from appliance.errors import SidecarFailed
from appliance.switchboard.outgoing import OutgoingCalls
from esl.call import EslCall
from esl.originate import TOKEN
from ivr_flows.ports import Ports, Prompt, Reach, Target
from ivr_flows.trace import Run, RunEnd
from lines.outgoing import Outcome, OutgoingCall, Placed
from store.models.line import Door
from tests.contract.client import LIMIT
from tests.contract.conftest import PhoneMaker
from tests.contract.desk import Desk, at, desk, is_rung
from tests.contract.dialplan import PROGRAM
from tests.contract.phone import Manners, Phone
from tests.contract.rtp import LIKE
from tests.contract.sounds import Sounds
from tests.doubles import FakeSidecar
from tests.listening import heard_in

__all__ = ["desk"]

WELCOME, QUESTION = "ok", "short"
"""Recordings that the flow, and the question before it, are heard by."""


@dataclass(slots=True)
class SoundingSpeech:
    """Says everything as one recording."""

    sounds: Sounds

    def say(self, text: str, language: str, voice: str = "") -> Sequence[Prompt]:
        return [Prompt(self.recording(QUESTION, language).path, text)]

    def recording(self, name: str, language: str) -> Prompt:
        return Prompt(Path(self.sounds.path(name)), name)


@dataclass(slots=True)
class Callbox:
    """Runs each call of ours as the reception does: the welcome, then a key."""

    desk: Desk
    sounds: Sounds
    sidecar: FakeSidecar
    calls: OutgoingCalls = field(init=False)
    ended: list[Run] = field(default_factory=list)
    turned_away: "AsyncResult[str]" = field(default_factory=AsyncResult)

    def __post_init__(self) -> None:
        self.desk.program = self.serve
        self.calls = OutgoingCalls(
            self.desk.connection,
            self.sidecar,
            lambda name: name == "welcome",
            callbox=self.desk.server.address,
            paper="The Daily",
        )

    def serve(self, call: EslCall) -> None:
        program = self.calls.program_for(call)
        if program is None:
            self.turned_away.set(call.id)
            return
        run = Run(program.flow, program.language, RunEnd.HUNG_UP)
        try:
            if program.is_taken(call, self.ports):
                call.play([SoundingSpeech(self.sounds).recording(WELCOME, "en")])
                run.end = RunEnd.FINISHED
        finally:
            program.ended(run)

    @property
    def ports(self) -> Ports:
        nothing: Any = None
        speech = SoundingSpeech(self.sounds)
        facts = {"paper": {"name": "The Daily"}}
        return Ports(speech, nothing, nothing, nothing, nothing, nothing, facts)

    def ringing(self) -> str:
        """The uuid of the call that rings."""
        rows = self.desk.channels("2000", "RINGING")
        return str(next(row["uuid"] for row in rows if row["callstate"] == "RINGING"))

    def reaches(self, *targets: Target, **facts: Any) -> None:
        numbered = [replace(one, reservation=at) for at, one in enumerate(targets, 1)]
        self.sidecar.answer = Reach(numbered, **facts)

    def place(self, **facts: Any) -> "gevent.Greenlet[..., Placed]":
        asked = OutgoingCall("anna", Door.DIAL, "welcome", **facts)
        return gevent.spawn(self.calls.place, asked)

    def placed(self, **facts: Any) -> Placed:
        found = self.place(**facts).get(timeout=LIMIT)
        assert isinstance(found, Placed)
        return found

    def settled(self) -> list[tuple[Any, ...]]:
        """What the dialling rules were told of numbers, once all is."""
        gevent.sleep(0)
        return sorted(told for told in self.sidecar.asked if told[0] != "reach")


@pytest.fixture
def box(desk: Desk, sounds: Sounds) -> Iterator[Callbox]:
    made = Callbox(desk, sounds, FakeSidecar(Reach()))
    yield made
    made.calls.stop()


def until(look: Callable[[], object]) -> None:
    with gevent.Timeout(LIMIT):
        while not look():
            gevent.sleep(0.02)


def hears(phone: Phone, sounds: Sounds, name: str) -> None:
    """Waits until it does."""
    until(lambda: heard_in(sounds.samples(name), phone.line.heard()) > LIKE)


def test_who_answers_hears_the_flow(box: Callbox, phones: PhoneMaker, sounds: Sounds) -> None:
    phone = phones("2000")
    box.reaches(at(phone))
    placed = box.placed()
    assert placed.outcome is Outcome.ANSWERED
    hears(phone, sounds, WELCOME)
    run = placed.over(LIMIT)
    assert run is not None and run.end is RunEnd.FINISHED
    assert box.settled() == [("settle", 1, "answered")]


def test_the_key_1_takes_a_call_that_asks_for_it(
    box: Callbox, phones: PhoneMaker, sounds: Sounds
) -> None:
    phone = phones("2000")
    box.reaches(at(phone, confirm=True))
    placing = box.place()
    until(phone.answered.is_set)
    hears(phone, sounds, QUESTION)
    assert not placing.ready()
    phone.press("1")
    placed = placing.get(timeout=LIMIT)
    assert placed and placed.outcome is Outcome.ANSWERED
    hears(phone, sounds, WELCOME)


def test_another_key_refuses_the_call(box: Callbox, phones: PhoneMaker) -> None:
    phone = phones("2000")
    box.reaches(at(phone, confirm=True))
    placing = box.place()
    until(phone.answered.is_set)
    phone.press("2")
    placed = placing.get(timeout=LIMIT)
    assert placed and placed.outcome is Outcome.REFUSED
    until(phone.ended.is_set)


def test_an_answering_machine_swallows_nothing(
    box: Callbox, phones: PhoneMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appliance.switchboard.taking.TIMES", 1)
    machine = phones("2000")
    box.reaches(at(machine, confirm=True))
    assert box.placed().outcome is Outcome.REFUSED
    until(machine.ended.is_set)


def test_who_hangs_up_at_the_question_has_refused(box: Callbox, phones: PhoneMaker) -> None:
    phone = phones("2000")
    box.reaches(at(phone, confirm=True))
    placing = box.place()
    until(phone.answered.is_set)
    phone.hang_up()
    placed = placing.get(timeout=LIMIT)
    assert placed and placed.outcome is Outcome.REFUSED


def test_whoever_asks_may_do_without_the_key(box: Callbox, phones: PhoneMaker) -> None:
    box.reaches(at(phones("2000"), confirm=True))
    assert box.placed(confirm=False).outcome is Outcome.ANSWERED


def test_whoever_asks_may_want_the_key(box: Callbox, phones: PhoneMaker, sounds: Sounds) -> None:
    phone = phones("2000")
    box.reaches(at(phone))
    placing = box.place(confirm=True)
    until(phone.answered.is_set)
    phone.press("1")
    placed = placing.get(timeout=LIMIT)
    assert placed and placed.outcome is Outcome.ANSWERED


def test_numbers_are_tried_in_order(box: Callbox, phones: PhoneMaker) -> None:
    busy, free, spare = phones("2001", Manners(status=486)), phones("2002"), phones("2003")
    box.reaches(at(busy), at(free), at(spare))
    assert box.placed().outcome is Outcome.ANSWERED
    assert free.answered.is_set()
    assert not spare.invited.is_set()
    assert box.settled() == [("release", 3), ("settle", 1, "busy"), ("settle", 2, "answered")]


def test_the_most_telling_outcome_is_told(box: Callbox, phones: PhoneMaker) -> None:
    box.reaches(at(phones("2001", Manners(status=486))), at(phones("2002", Manners(status=404))))
    assert box.placed().outcome is Outcome.BUSY


def test_another_trunk_is_tried_where_the_first_fails(box: Callbox, phones: PhoneMaker) -> None:
    broken, good = phones("2001", Manners(status=503)), phones("2002")
    box.reaches(at(broken, instead=at(good)))
    assert box.placed().outcome is Outcome.ANSWERED
    assert good.answered.is_set()


def test_another_trunk_is_not_tried_where_nobody_answers(box: Callbox, phones: PhoneMaker) -> None:
    away, other = phones("2001", Manners(status=None)), phones("2002")
    box.reaches(at(away, ring_seconds=1.0, instead=at(other)))
    assert box.placed().outcome is Outcome.NO_ANSWER
    assert not other.invited.is_set()


def test_of_numbers_that_ring_together_the_first_takes_the_call(
    box: Callbox, phones: PhoneMaker
) -> None:
    slow, quick = phones("2001", Manners(status=None)), phones("2002", Manners(status=None))
    box.reaches(at(slow), at(quick), at_once=True)
    placing = box.place()
    is_rung(slow)
    is_rung(quick)
    quick.pick_up()
    placed = placing.get(timeout=LIMIT)
    assert placed and placed.outcome is Outcome.ANSWERED
    until(slow.ended.is_set)
    until(lambda: len(box.settled()) == 2)
    assert box.settled() == [("settle", 1, "withdrawn"), ("settle", 2, "answered")]


def test_of_numbers_that_ring_together_the_key_decides(box: Callbox, phones: PhoneMaker) -> None:
    machine, human = phones("2001"), phones("2002")
    box.reaches(at(machine, confirm=True), at(human, confirm=True), at_once=True)
    placing = box.place()
    until(lambda: machine.answered.is_set() and human.answered.is_set())
    human.press("1")
    placed = placing.get(timeout=LIMIT)
    assert placed and placed.outcome is Outcome.ANSWERED
    until(machine.ended.is_set)


def test_a_call_that_is_withdrawn_rings_no_longer(box: Callbox, phones: PhoneMaker) -> None:
    first, second = phones("2001", Manners(status=None)), phones("2002")
    box.reaches(at(first), at(second))
    placing = box.place(id="call-to-withdraw")
    is_rung(first)
    box.calls.withdraw("call-to-withdraw")
    placed = placing.get(timeout=LIMIT)
    assert placed and placed.outcome is Outcome.WITHDRAWN
    until(first.ended.is_set)
    assert not second.invited.is_set()


def test_a_call_may_be_withdrawn_at_the_question(box: Callbox, phones: PhoneMaker) -> None:
    phone = phones("2000")
    box.reaches(at(phone, confirm=True))
    placing = box.place(id="call-to-withdraw")
    until(phone.answered.is_set)
    box.calls.withdraw("call-to-withdraw")
    placed = placing.get(timeout=LIMIT)
    assert placed and placed.outcome is Outcome.WITHDRAWN
    until(phone.ended.is_set)


def test_what_is_forbidden_does_not_ring(box: Callbox) -> None:
    box.sidecar.answer = Reach(refused="no rule allows it (premium)")
    placed = box.placed()
    assert (placed.outcome, placed.reason) == (Outcome.FORBIDDEN, "no rule allows it (premium)")


def test_nothing_rings_while_the_rules_cannot_be_asked(box: Callbox) -> None:
    box.sidecar.answer = SidecarFailed("the store is away")
    assert box.placed().outcome is Outcome.FAILED


def test_nobody_is_rung_for_a_flow_that_is_not_there(box: Callbox, phones: PhoneMaker) -> None:
    box.reaches(at(phones("2000")))
    asked = OutgoingCall("anna", Door.DIAL, "welcom")
    assert box.calls.place(asked).outcome is Outcome.FAILED
    assert box.sidecar.asked == []


def test_an_answered_call_that_nobody_waits_for_has_no_program(
    box: Callbox, phones: PhoneMaker
) -> None:
    box.desk.ring(phones("2000"))
    assert box.turned_away.get(timeout=LIMIT) == box.desk.arrived().id


def test_a_caller_never_gets_the_program_of_a_call_of_ours(
    box: Callbox, phones: PhoneMaker
) -> None:
    ringing = phones("2000", Manners(status=None))
    box.reaches(at(ringing))
    box.place()
    is_rung(ringing)
    token = box.desk.connection.api(f"uuid_getvar {box.ringing()} {TOKEN}").strip()
    assert token
    phones("5551234").call(box.desk.switch.sip, PROGRAM, (f"X-{TOKEN}", token), (TOKEN, token))
    assert box.turned_away.get(timeout=LIMIT)


def test_nobody_rings_for_long_once_the_box_stops(box: Callbox, phones: PhoneMaker) -> None:
    phone = phones("2000", Manners(status=None))
    box.reaches(at(phone))
    box.place()
    is_rung(phone)
    box.calls.stop()
    until(phone.ended.is_set)
