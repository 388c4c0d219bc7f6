"""Bridges of a call in our hands, on both switches, with phones at either end."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from esl.call import EslCall
from esl.outbound import OutboundServer
from ivr_flows.ports import (
    BridgeOutcome,
    BridgeResult,
    BridgeRule,
    CallEnded,
    Prompt,
    Target,
)
from tests.contract.conftest import KINDS
from tests.contract.phone import Manners, Phone
from tests.contract.rtp import LIKE, SAID
from tests.contract.sounds import Sounds, make_sounds
from tests.contract.test_transfer_refer import replaced
from tests.esl.conftest import wait_until
from tests.esl.test_freeswitch import Box
from tests.listening import tone
from tests.phones import PhoneMaker, phones
from tests.switch_plan import Extension, Plan
from tests.switches import FreeSwitch, SoftSwitch, Switch

__all__ = ["phones"]

LIMIT = 30.0
OURS = "102"
ECHO = "103"


@pytest.fixture(scope="module", params=KINDS)
def box(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    if request.param == "freeswitch" and FreeSwitch.program() is None:
        pytest.skip("FreeSWITCH is not installed: set FREESWITCH_BIN or put it on the PATH")
    plan = Plan(tmp_path_factory.mktemp(request.param))
    ours = ("socket", f"127.0.0.1:{plan.socket_port} async full")
    late = ("playback", "tone_stream://%(400,0,1000);loops=-1")
    plan.extensions = (
        Extension("ours", f"^{OURS}$", (ours, late)),
        Extension("echo", f"^{ECHO}$", (("answer", ""), ("echo", ""))),
    )
    boxes: list[Box] = []
    server = OutboundServer(("127.0.0.1", plan.socket_port), lambda call: boxes[0].on_call(call))
    server.start()
    switch: Switch = FreeSwitch(plan) if request.param == "freeswitch" else SoftSwitch(plan)
    switch.start()
    boxes.append(Box(switch, make_sounds(plan.home / "made"), server))
    yield boxes[0]
    server.stop(1)
    switch.stop()
    plan.claim.close()


def target(phone: Phone, **more: Any) -> Target:
    return Target("sip", f"{phone.number}@127.0.0.1:{phone.port}", **more)


def bridged(
    box: Box,
    caller: Phone,
    targets: list[Target],
    rule: BridgeRule,
    meanwhile: Callable[[], None],
) -> BridgeResult:
    """Bridges `caller` while the people do what `meanwhile` says."""

    def program(call: EslCall) -> BridgeResult:
        call.answer()
        return call.bridge(targets, rule)

    def people() -> None:
        caller.call(box.switch.sip, OURS).wait_answer()
        meanwhile()

    result = box.run(program, people)
    assert isinstance(result, BridgeResult)
    return result


def speak(box: Box, one: Phone, other: Phone) -> None:
    """Until `other` hears `one`."""
    one.wait_answer(LIMIT)
    one.line.say(box.sounds.samples("menu"))
    assert other.line.hears_said(box.sounds.samples("menu"), LIMIT) > SAID


def outcomes(result: BridgeResult) -> list[BridgeOutcome]:
    return [outcome for _, outcome in result.tried]


def prompt(sounds: Sounds, name: str) -> Prompt:
    return Prompt(Path(sounds.path(name)))


def test_a_mailbox_that_answers_does_not_keep_the_caller(box: Box, phones: PhoneMaker) -> None:
    caller, mobile, colleague = phones(), phones("2000"), phones("2001")

    def people() -> None:
        assert mobile.line.hears(box.sounds.samples("menu"), LIMIT) > LIKE
        mobile.press("7")
        mobile.wait_end(LIMIT)
        colleague.line.say(box.sounds.samples("short"))
        assert caller.line.hears_said(box.sounds.samples("short"), LIMIT) > SAID
        colleague.hang_up()

    rule = BridgeRule(confirm=[prompt(box.sounds, "menu")])
    targets = [target(mobile, confirm=True), target(colleague)]
    result = bridged(box, caller, targets, rule, people)
    assert result.outcome is BridgeOutcome.ANSWERED
    assert outcomes(result) == [BridgeOutcome.REFUSED, BridgeOutcome.ANSWERED]


def test_who_takes_the_call_hears_who_calls_first(box: Box, phones: PhoneMaker) -> None:
    caller, mobile = phones(), phones("2000")

    def people() -> None:
        assert mobile.line.hears(box.sounds.samples("prompt"), LIMIT) > LIKE
        assert mobile.line.hears(box.sounds.samples("menu"), LIMIT) > LIKE
        mobile.press("1")
        mobile.line.wait_said()
        mobile.line.say(box.sounds.samples("short"))
        assert caller.line.hears_said(box.sounds.samples("short"), LIMIT) > SAID
        mobile.hang_up()

    sounds = box.sounds
    rule = BridgeRule(whisper=[prompt(sounds, "prompt")], confirm=[prompt(sounds, "menu")])
    result = bridged(box, caller, [target(mobile, confirm=True)], rule, people)
    assert outcomes(result) == [BridgeOutcome.ANSWERED]


def test_a_whisper_comes_before_the_caller(box: Box, phones: PhoneMaker) -> None:
    caller, desk = phones(), phones("2000")

    def people() -> None:
        assert desk.line.hears(box.sounds.samples("prompt"), LIMIT) > LIKE
        desk.line.say(box.sounds.samples("short"))
        assert caller.line.hears_said(box.sounds.samples("short"), LIMIT) > SAID
        desk.hang_up()

    rule = BridgeRule(whisper=[prompt(box.sounds, "prompt")])
    assert bridged(box, caller, [target(desk)], rule, people).outcome is BridgeOutcome.ANSWERED


def test_of_phones_that_ring_at_once_it_is_known_who_answered(box: Box, phones: PhoneMaker) -> None:
    caller, first, second = phones(), phones("2000", Manners(status=None)), phones("2001")

    def people() -> None:
        first.wait_end(LIMIT)
        caller.line.say(box.sounds.samples("short"))
        assert second.line.hears_said(box.sounds.samples("short"), LIMIT) > SAID
        second.hang_up()

    rule = BridgeRule(at_once=True)
    result = bridged(box, caller, [target(first), target(second)], rule, people)
    assert outcomes(result) == [BridgeOutcome.NO_ANSWER, BridgeOutcome.ANSWERED]


def test_each_target_rings_for_its_own_time_with_its_own_number(
    box: Box, phones: PhoneMaker
) -> None:
    caller, quiet, busy = phones(), phones("2000", Manners(status=None)), phones("2001", BUSY)

    def people() -> None:
        assert "<sip:+4930123@" in quiet.wait_invite()["From"]
        assert "<sip:anonymous@" in busy.wait_invite(LIMIT)["From"]

    targets = [
        target(quiet, ring_seconds=1, shown_number="+4930123"),
        target(busy, shown_number="anonymous"),
    ]
    result = bridged(box, caller, targets, BridgeRule(ring_seconds=300), people)
    assert outcomes(result) == [BridgeOutcome.NO_ANSWER, BridgeOutcome.BUSY]
    assert result.outcome is BridgeOutcome.BUSY


BUSY = Manners(status=486)
BROKEN = Manners(status=503)


def test_the_caller_hears_music_while_it_rings(box: Box, phones: PhoneMaker) -> None:
    caller, quiet = phones(), phones("2000", Manners(status=None))

    def people() -> None:
        assert caller.line.hears(box.sounds.samples("menu"), LIMIT) > LIKE
        quiet.hang_up()

    rule = BridgeRule(music=prompt(box.sounds, "menu"))
    assert bridged(box, caller, [target(quiet)], rule, people).outcome is BridgeOutcome.BUSY


def test_another_way_is_tried_where_a_trunk_has_failed(box: Box, phones: PhoneMaker) -> None:
    caller, broken, spare = phones(), phones("2000", BROKEN), phones("2000")

    def people() -> None:
        speak(box, spare, caller)
        spare.hang_up()

    both = target(broken, instead=target(spare))
    result = bridged(box, caller, [both], BridgeRule(), people)
    assert outcomes(result) == [BridgeOutcome.UNREACHABLE, BridgeOutcome.ANSWERED]
    assert [one.address for one, _ in result.tried] == [both.address, target(spare).address]


def test_of_phones_that_ring_at_once_those_with_another_way_are_rung_by_it(
    box: Box, phones: PhoneMaker
) -> None:
    caller, spare = phones(), phones("2001")
    first, second = phones("2000", BROKEN), phones("2001", BROKEN)

    def people() -> None:
        speak(box, spare, caller)
        spare.hang_up()

    targets = [target(first), target(second, instead=target(spare))]
    result = bridged(box, caller, targets, BridgeRule(at_once=True), people)
    unreachable = BridgeOutcome.UNREACHABLE
    assert outcomes(result) == [unreachable, unreachable, BridgeOutcome.ANSWERED]


def test_who_was_rung_is_told_when_the_caller_hangs_up(box: Box, phones: PhoneMaker) -> None:
    caller, busy, quiet = phones(), phones("2000", BUSY), phones("2001", Manners(status=None))

    def people() -> None:
        quiet.wait_invite(LIMIT)
        caller.hang_up()

    targets = [target(busy), target(quiet), target(phones("2002"))]
    with pytest.raises(CallEnded) as ended:
        bridged(box, caller, targets, BridgeRule(), people)
    told = [outcome for _, outcome in ended.value.tried]
    assert told == [BridgeOutcome.BUSY, BridgeOutcome.NO_ANSWER]


def test_who_spoke_with_a_caller_that_hung_up_is_told(box: Box, phones: PhoneMaker) -> None:
    caller, desk = phones(), phones("2000")

    def people() -> None:
        speak(box, desk, caller)
        caller.hang_up()

    with pytest.raises(CallEnded) as ended:
        bridged(box, caller, [target(desk)], BridgeRule(), people)
    assert ended.value.connected
    assert list(ended.value.tried) == [(target(desk), BridgeOutcome.ANSWERED)]


def test_a_caller_whom_a_phone_sends_elsewhere_is_ours_no_more(
    box: Box, phones: PhoneMaker
) -> None:
    caller, desk = phones(), phones("2000")
    switch = box.switch

    def people() -> None:
        speak(box, desk, caller)
        assert desk.refer(f"sip:{ECHO}@127.0.0.1:{switch.plan.sip_port}").status == 202
        desk.wait_end()
        caller.line.say(box.sounds.samples("short"))
        assert caller.line.hears_said(box.sounds.samples("short"), LIMIT) > SAID
        caller.hang_up()

    with pytest.raises(CallEnded) as ended:
        bridged(box, caller, [target(desk)], BridgeRule(), people)
    assert (ended.value.cause, ended.value.connected) == ("BLIND_TRANSFER", True)


def test_a_caller_who_is_joined_with_somebody_is_ours_no_more(box: Box, phones: PhoneMaker) -> None:
    caller, desk = phones(), phones("2000")
    consulting, asked = phones("2000"), phones("2001")
    ends: list[str] = []

    def program(call: EslCall) -> None:
        call.answer()
        wanted = desk if call.caller.number == caller.number else asked
        with pytest.raises(CallEnded) as ended:
            call.bridge([target(wanted)], BridgeRule())
        ends.append(ended.value.cause)

    def people() -> None:
        caller.call(box.switch.sip, OURS)
        speak(box, desk, caller)
        consulting.call(box.switch.sip, OURS)
        speak(box, asked, consulting)
        desk.refer(replaced(box.switch, consulting, OURS))
        consulting.wait_end()
        asked.line.say(box.sounds.samples("short"))
        assert caller.line.hears_said(box.sounds.samples("short"), LIMIT) > SAID
        asked.hang_up()
        caller.wait_end()

    box.run(program, people)
    wait_until(lambda: not box.server.calls)
    assert ends == ["ATTENDED_TRANSFER"] * 2


def test_the_ringing_time_does_not_cut_the_question(box: Box, phones: PhoneMaker) -> None:
    caller, mobile = phones(), phones("2000")
    names = ("menu", "prompt", "menu")

    def people() -> None:
        question = np.concatenate([box.sounds.samples(name) for name in names])
        assert mobile.line.hears(question, LIMIT) > LIKE
        mobile.press("1")
        speak(box, mobile, caller)
        mobile.hang_up()

    rule = BridgeRule(ring_seconds=1, confirm=[prompt(box.sounds, name) for name in names])
    result = bridged(box, caller, [target(mobile, confirm=True)], rule, people)
    assert result.outcome is BridgeOutcome.ANSWERED


def test_the_caller_hears_the_ringing_tone_of_the_country(box: Box, phones: PhoneMaker) -> None:
    caller, quiet = phones(), phones("2000", Manners(status=None))
    twice = np.concatenate([tone(400, 0.4) + tone(450, 0.4), np.zeros(1600)] * 2)[:-1600]

    def people() -> None:
        assert caller.line.hears(twice, LIMIT) > LIKE
        quiet.hang_up()

    rule = BridgeRule(country="GB")
    assert bridged(box, caller, [target(quiet)], rule, people).outcome is BridgeOutcome.BUSY
