"""A call in our hands on the real FreeSWITCH: SIP, RTP and RFC 4733 digits from a test phone."""

import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from gevent.event import AsyncResult

from esl.call import EslCall
from esl.outbound import OutboundServer
from esl.switch import Switch as Connection
from esl.switch import SwitchStatus
from ivr_flows.ports import (
    BridgeOutcome,
    BridgeRule,
    CallEnded,
    CallFailed,
    DigitRule,
    Digits,
    Heard,
    Prompt,
    RecordRule,
    Role,
    Target,
)
from tests.contract.phone import Manners, Phone
from tests.contract.rtp import LIKE, SAID
from tests.contract.sounds import Sounds, make_sounds
from tests.contract.subscriber import Subscriber
from tests.esl.conftest import wait_until
from tests.esl.peer import Script
from tests.switch_plan import Extension, Plan
from tests.switches import FreeSwitch, Switch

LIMIT = 40.0
SECRET = "secret-200"
PATIENT = DigitRule(first_timeout=20)


@dataclass
class Box:
    """The real switch and our server behind it."""

    switch: Switch
    sounds: Sounds
    server: OutboundServer
    program: Callable[[EslCall], Any] = lambda call: None
    result: "AsyncResult[Any] | None" = None

    def prompt(self, name: str) -> Prompt:
        return Prompt(Path(self.sounds.path(name)))

    def on_call(self, call: EslCall) -> None:
        assert self.result is not None
        try:
            self.result.set(self.program(call))
        except BaseException as fault:  # a failed assertion of pytest's is no Exception
            self.result.set_exception(fault)

    def run(self, program: Callable[[EslCall], Any], phone: Callable[[], None]) -> Any:
        """Runs `program` for the call that `phone` makes; what the program gave or raised."""
        self.program, self.result = program, AsyncResult()
        script = Script(phone)
        try:
            return self.result.get(timeout=LIMIT)
        finally:
            script.finish()
            wait_until(lambda: not self.server.calls)


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    if FreeSwitch.program() is None:
        pytest.skip("FreeSWITCH is not installed: set FREESWITCH_BIN or put it on the PATH")
    home = tmp_path_factory.mktemp("freeswitch")
    plan = Plan(home, users={"200": SECRET})
    ours = ("socket", f"127.0.0.1:{plan.socket_port} async full")
    plan.extensions = (
        Extension("unanswered", "^102$", (ours,)),
        Extension("answered", "^104$", (("answer", ""), ours)),
    )
    boxes: list[Box] = []
    server = OutboundServer(("127.0.0.1", plan.socket_port), lambda call: boxes[0].on_call(call))
    server.start()
    switch = FreeSwitch(plan)
    switch.start()
    boxes.append(Box(switch, make_sounds(home / "made"), server))
    yield boxes[0]
    server.stop(1)
    switch.stop()
    plan.claim.close()


@pytest.fixture
def phone() -> Iterator[Phone]:
    made = Phone()
    yield made
    made.close()


@pytest.mark.parametrize("number", ["102", "104"])
def test_a_caller_is_answered_hears_the_menu_and_chooses(
    box: Box, phone: Phone, number: str
) -> None:
    def program(call: EslCall) -> tuple[str, str, Digits]:
        call.answer()
        call.play([box.prompt("short"), box.prompt("two")])
        digits = call.collect([box.prompt("prompt")], PATIENT)
        call.play([box.prompt("ok")])
        return call.dialed, call.caller.number, digits

    def caller() -> None:
        phone.call(box.switch.sip, number).wait_answer()
        assert phone.line.hears(box.sounds.samples("prompt")) > LIKE
        phone.press("7")
        assert phone.line.hears(box.sounds.samples("ok")) > LIKE
        phone.wait_end()

    assert box.run(program, caller) == (number, "5551234", Digits("7"))


def test_a_key_cuts_the_prompt_and_keys_typed_ahead_are_kept(box: Box, phone: Phone) -> None:
    def program(call: EslCall) -> list[Digits]:
        call.answer()
        four = DigitRule(min_digits=4, max_digits=8, first_timeout=20, digit_timeout=20)
        return [call.collect([box.prompt("long")], PATIENT), call.collect([], four)]

    def caller() -> None:
        phone.call(box.switch.sip, "102").wait_answer()
        assert phone.line.hears(box.sounds.samples("long")[:8000]) > LIKE
        phone.press("11234#")
        phone.wait_end()
        assert len(phone.line.heard()) < len(box.sounds.samples("long")) / 2

    assert box.run(program, caller) == [Digits("1"), Digits("1234", "#")]


def test_a_caller_listens_skips_and_hears_the_end(box: Box, phone: Phone) -> None:
    def program(call: EslCall) -> list[Heard]:
        call.answer()
        first = call.listen(box.prompt("long"), 4.0)
        return [first, call.listen(box.prompt("long"), 19.5), call.listen(box.prompt("ok"), 9.0)]

    def caller() -> None:
        phone.call(box.switch.sip, "102").wait_answer()
        assert phone.line.hears(box.sounds.samples("long")[33_000:41_000]) > LIKE
        phone.press("5")
        phone.wait_end()

    first, second, third = box.run(program, caller)
    assert first.key == "5"
    assert 5.1 < first.seconds < 19
    assert (second, third) == (Heard(20.0), Heard(0.6))


def test_a_prompt_without_barge_in_is_heard_to_its_end(box: Box, phone: Phone) -> None:
    def program(call: EslCall) -> Digits:
        call.answer()
        call.play([box.prompt("prompt")], barge_in=False)
        return call.collect([box.prompt("long")], PATIENT)

    def caller() -> None:
        phone.call(box.switch.sip, "102").wait_answer()
        phone.press("5")
        phone.wait_end()
        assert phone.line.hears(box.sounds.samples("prompt")) > LIKE

    assert box.run(program, caller) == Digits("5")


@pytest.mark.parametrize("before", [[], ["ok"]])
def test_a_missing_prompt_fails_and_the_call_goes_on(
    box: Box, phone: Phone, before: list[str]
) -> None:
    def program(call: EslCall) -> str:
        call.answer()
        missing = Prompt(box.sounds.folder / "missing.wav")
        with pytest.raises(CallFailed):
            call.play([*map(box.prompt, before), missing])
        call.play([box.prompt("menu")])
        return "went on"

    def caller() -> None:
        phone.call(box.switch.sip, "102").wait_answer()
        assert phone.line.hears(box.sounds.samples("menu")) > LIKE
        phone.wait_end()

    assert box.run(program, caller) == "went on"


@pytest.mark.parametrize(
    ("rule", "press", "finished_by"),
    [
        (RecordRule(max_seconds=20, silence_seconds=10), "#", "key"),
        (RecordRule(max_seconds=20, silence_seconds=1), "", "silence"),
        (RecordRule(max_seconds=1, silence_seconds=10, beep=False), "", "limit"),
    ],
)
def test_a_caller_leaves_a_recording(
    box: Box, phone: Phone, tmp_path: Path, rule: RecordRule, press: str, finished_by: str
) -> None:
    into = tmp_path / "message.wav"

    def program(call: EslCall) -> Any:
        call.answer()
        return call.record(into, rule)

    def caller() -> None:
        phone.call(box.switch.sip, "102").wait_answer()
        phone.line.say(box.sounds.samples("prompt"))
        phone.line.wait_said()
        phone.press(press)
        phone.wait_end()

    recording = box.run(program, caller)
    assert recording.finished_by == finished_by
    with wave.open(str(into)) as file:
        assert file.getnframes() / file.getframerate() == pytest.approx(recording.seconds, abs=0.1)


def test_a_hang_up_ends_a_recording_and_keeps_it(box: Box, phone: Phone, tmp_path: Path) -> None:
    def program(call: EslCall) -> Any:
        call.answer()
        return call.record(tmp_path / "message.wav", RecordRule(beep=False))

    def caller() -> None:
        phone.call(box.switch.sip, "102").wait_answer()
        phone.line.say(box.sounds.samples("prompt"))
        phone.line.wait_said()
        phone.hang_up()

    recording = box.run(program, caller)
    assert recording.finished_by == "hangup"
    assert recording.seconds > 0.5


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (486, BridgeOutcome.BUSY),
        (603, BridgeOutcome.REFUSED),
        (404, BridgeOutcome.UNREACHABLE),
        (None, BridgeOutcome.NO_ANSWER),
    ],
)
def test_a_bridge_that_fails_says_why_and_the_call_goes_on(
    box: Box, phone: Phone, status: int | None, outcome: BridgeOutcome
) -> None:
    other = Phone("200", Manners(status=status))

    def program(call: EslCall) -> Any:
        call.answer()
        target = Target("sip", f"200@127.0.0.1:{other.port}")
        result = call.bridge([target], BridgeRule(ring_seconds=1))
        call.play([box.prompt("ok")])
        return result.outcome

    def caller() -> None:
        phone.call(box.switch.sip, "102").wait_answer()
        phone.wait_end(30)

    assert box.run(program, caller) == outcome
    other.close()


def test_two_people_talk_and_the_call_goes_on_after(box: Box, phone: Phone) -> None:
    other = Phone("200")

    def program(call: EslCall) -> Any:
        call.answer()
        targets = [Target("user", "nobody"), Target("sip", f"200@127.0.0.1:{other.port}")]
        result = call.bridge(targets, BridgeRule(caller_name="Desk", caller_number="100"))
        call.play([box.prompt("ok")])
        return result

    def caller() -> None:
        phone.call(box.switch.sip, "102").wait_answer()
        invite = other.wait_invite()
        assert '"Desk" <sip:100@' in invite["From"]
        other.line.say(box.sounds.samples("menu"))
        assert phone.line.hears_said(box.sounds.samples("menu")) > SAID
        other.hang_up()
        assert phone.line.hears(box.sounds.samples("ok")) > LIKE
        phone.wait_end()

    result = box.run(program, caller)
    assert result.outcome == BridgeOutcome.ANSWERED
    assert result.seconds > 0.5
    other.close()


def test_a_caller_who_hangs_up_anywhere_ends_the_call(box: Box, phone: Phone) -> None:
    verbs: list[Callable[[EslCall], object]] = [
        lambda call: call.play([box.prompt("long")]),
        lambda call: call.collect([], PATIENT),
        lambda call: call.pause(60),
        lambda call: call.conference("room", Role.SPEAKER),
    ]
    for verb in verbs:
        caller_phone = Phone()

        def program(call: EslCall, verb: Callable[[EslCall], object] = verb) -> object:
            call.answer()
            call.play([box.prompt("short")])
            return verb(call)

        def caller(phone: Phone = caller_phone) -> None:
            phone.call(box.switch.sip, "102").wait_answer()
            assert phone.line.hears(box.sounds.samples("short")) > LIKE
            phone.hang_up()

        with pytest.raises(CallEnded, match="NORMAL_CLEARING"):
            box.run(program, caller)
        caller_phone.close()


def test_a_caller_who_cancels_before_the_answer_ends_the_call(box: Box, phone: Phone) -> None:
    def program(call: EslCall) -> None:
        Script(phone.hang_up).finish()
        call.pause(30)

    def caller() -> None:
        phone.call(box.switch.sip, "102")

    with pytest.raises(CallEnded, match="ORIGINATOR_CANCEL"):
        box.run(program, caller)


@pytest.mark.parametrize(("cause", "status"), [("USER_BUSY", 486), ("CALL_REJECTED", 603)])
def test_a_call_is_refused_with_its_cause(box: Box, phone: Phone, cause: str, status: int) -> None:
    def caller() -> None:
        phone.call(box.switch.sip, "102")
        assert phone.final() == status

    box.run(lambda call: call.hangup(cause), caller)


def test_the_switch_tells_events_runs_commands_and_passes_news_on(box: Box) -> None:
    events: list[str] = []
    snapshots: list[Any] = []
    connection = Connection(
        box.switch.esl,
        box.switch.password,
        subscriptions=["pressline::test"],
        on_event=lambda event: events.append(event.get("Event-Subclass") + event.body),
        on_resync=snapshots.append,
    )
    connection.start()
    wait_until(lambda: connection.state.status == SwitchStatus.CONNECTED)
    assert "UP" in connection.api("status")
    assert connection.bgapi("status").startswith("UP")
    connection.send_event("pressline::test", {"X": "y"}, "é\n\nbody")
    wait_until(lambda: bool(events))
    connection.stop()
    assert events == ["pressline::testé\n\nbody"]
    (rows,) = snapshots
    assert all(row["uuid"] for row in rows)  # an earlier test's call may still be ending


def test_a_phone_that_registers_asks_and_its_lamp_goes_on(box: Box) -> None:
    asked: list[str] = []
    connection = Connection(
        box.switch.esl,
        box.switch.password,
        subscriptions=[],
        on_event=lambda event: None,
        on_resync=lambda rows: None,
        on_message_query=asked.append,
    )
    connection.start()
    wait_until(lambda: connection.state.status == SwitchStatus.CONNECTED)
    desk = Subscriber("200")
    try:
        registering = Script(lambda: _registered(desk, box))
        wait_until(lambda: bool(asked))
        registering.finish()
        connection.message_waiting(asked[0], 2, 3, 1, 0)
        hearing = Script(lambda: _sees(desk, "Messages-Waiting: yes", "Voice-Message: 2/3 (1/0)"))
        hearing.finish()
    finally:
        connection.stop()
        desk.close()
    assert asked == ["sip:200@127.0.0.1"]


def _registered(desk: Subscriber, box: Box) -> None:
    assert desk.register(box.switch.sip, SECRET) == 200


def _sees(desk: Subscriber, *parts: str) -> None:
    desk.notified(*parts)
