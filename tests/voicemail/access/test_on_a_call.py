"""A whole visit in a real call: keys from a phone, and what is heard compared with what was meant.

Each sentence is a sound of its own here, so that a caller's program can tell them apart.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
import soundfile
from gevent.event import AsyncResult

from esl.call import EslCall
from esl.outbound import OutboundServer
from ivr_flows.engine import run_flow
from ivr_flows.loader import EVERYTHING, load_flow
from ivr_flows.ports import Party, Ports, Prompt, Recordings, SpeechFailed
from ivr_flows.sentences import Words
from ivr_flows.simulator import SimulatedDirectory, SimulatedHttp, SimulatedQueries
from ivr_flows.trace import Run
from tests.contract.phone import Phone
from tests.contract.rtp import LIKE
from tests.contract.sounds import voice
from tests.esl.conftest import wait_until
from tests.esl.peer import Script
from tests.listening import RATE, Samples, heard_in
from tests.switch_plan import Extension, Plan
from tests.switches import FreeSwitch, SoftSwitch, Switch
from tests.voicemail.access.doubles import PIN, TABLE, mailroom
from voicemail.access.words import listening, menus, signing
from voicemail.access.words.amounts import phone_number, plain
from voicemail.access.words.counting import spoken_counts
from voicemail.ports import Counts, Folder, Letter, Mailroom
from voicemail.simulated import SimulatedMailroom

SENTENCE = 0.8
MESSAGE = 20.0
"""Seconds."""
LIMIT = 90.0
UNLIKE = 0.5
"""What was not heard at all is less like anything that was."""
FLOW = "flow: main\nstart: a\nsteps:\n  a: {{mailbox: {{box: desk, language: {language}}}}}\n"


@dataclass(frozen=True, slots=True)
class SoundingSpeech:
    """Makes a recording for each sentence."""

    folder: Path

    def say(self, text: str, language: str, voice: str = "") -> Sequence[Prompt]:
        return [Prompt(sounding(self.folder / f"{abs(hash(text))}.wav", text, SENTENCE), text)]

    def recording(self, name: str, language: str) -> Prompt:
        raise SpeechFailed(name)


class WallClock:
    def now(self) -> datetime:
        return datetime.now().astimezone()


def sounding(path: Path, name: str, seconds: float) -> Path:
    if not path.exists():
        soundfile.write(str(path), voice(name, seconds), RATE, subtype="PCM_16")
    return path


@dataclass
class Line:
    """A switch, and our server behind it, which runs the flow for whoever calls."""

    switch: Switch
    server: OutboundServer
    home: Path
    run: Callable[[EslCall], Run] = field(init=False)
    result: "AsyncResult[Run]" = field(init=False)

    def on_call(self, call: EslCall) -> None:
        try:
            self.result.set(self.run(call))
        except BaseException as fault:
            self.result.set_exception(fault)

    def visit(self, room: SimulatedMailroom, language: str, caller: Callable[[], None]) -> Run:
        flow = load_flow(FLOW.format(language=language), "main.yaml", EVERYTHING, TABLE)
        ports = Ports(
            speech=SoundingSpeech(self.home),
            queries=SimulatedQueries({}),
            http=SimulatedHttp(),
            directory=SimulatedDirectory(),
            clock=WallClock(),
            recordings=Recordings(self.home),
            services={Mailroom: room},
        )
        self.run = lambda call: run_flow(flow, call, ports, flows=lambda name: None)
        self.result = AsyncResult()
        script = Script(caller)
        try:
            run = self.result.get(timeout=LIMIT)
        finally:
            script.finish()
            wait_until(lambda: not self.server.calls)
        assert run is not None
        return run


@pytest.fixture(scope="module", params=[SoftSwitch, FreeSwitch], ids=lambda kind: kind.name)
def line(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Line]:
    if request.param is FreeSwitch and FreeSwitch.program() is None:
        pytest.skip("FreeSWITCH is not installed: set FREESWITCH_BIN or put it on the PATH")
    home = tmp_path_factory.mktemp(request.param.name)
    plan = Plan(home)
    ours = ("socket", f"127.0.0.1:{plan.socket_port} async full")
    plan.extensions = (Extension("mailbox", "^199$", (ours,)),)
    made: list[Line] = []
    server = OutboundServer(("127.0.0.1", plan.socket_port), lambda call: made[0].on_call(call))
    server.start()
    switch = request.param(plan)
    switch.start()
    made.append(Line(switch, server, home))
    yield made[0]
    server.stop(1)
    switch.stop()
    plan.claim.close()


@pytest.fixture
def phone() -> Iterator[Phone]:
    made = Phone()
    yield made
    made.close()


@dataclass(frozen=True, slots=True)
class Owner:
    """Presses keys when the right thing was heard."""

    phone: Phone
    language: str

    def hears(self, words: Words | str) -> "Owner":
        text = words if isinstance(words, str) else words[self.language]
        assert self.phone.line.hears(voice(text, SENTENCE), 15) > LIKE, text
        return self

    def hears_of(self, message: str, seconds: float) -> "Owner":
        """Half a second of a message, from `seconds` on."""
        assert self.phone.line.hears(stretch(message, seconds), 20) > LIKE, (message, seconds)
        return self

    def never_heard_of(self, message: str, seconds: float) -> "Owner":
        assert heard_in(stretch(message, seconds), self.phone.line.heard()) < UNLIKE
        return self

    def presses(self, keys: str) -> "Owner":
        self.phone.press(keys)
        return self


def stretch(message: str, seconds: float) -> Samples:
    start = int(seconds * RATE)
    return voice(message, MESSAGE)[start : start + RATE // 2]


def recorded(number: int, home: Path) -> Letter:
    name = f"m{number}"
    path = sounding(home / f"{name}.wav", name, MESSAGE)
    now = datetime.now().astimezone()
    return Letter(name, path, now, MESSAGE, Party(f"555010{number}"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_owner_hears_skips_pauses_deletes_and_saves(
    line: Line, phone: Phone, language: str
) -> None:
    room = mailroom([recorded(number, line.home) for number in (1, 2)], language=language)
    owner = Owner(phone, language)
    sentence = Sentences(language)

    def caller() -> None:
        phone.call(line.switch.sip, "199").wait_answer()
        owner.hears(signing.ASK_PIN).presses(f"{PIN}#")
        owner.hears(spoken_counts(Counts(new=2), language)).presses("1")
        owner.hears(sentence.number(1)).hears_of("m1", 1.5).presses("3")
        owner.hears_of("m1", 12.0).never_heard_of("m1", 6.0).presses("2")
        owner.hears(listening.PAUSED).presses("2").hears_of("m1", 16.0).presses("5")
        owner.hears(sentence.caller("5550101")).presses("7")
        owner.hears(listening.DELETED).hears(menus.AFTER_DELETED).presses("7")
        owner.hears(listening.UNDELETED).hears(menus.AFTER).presses("8")
        owner.hears(listening.SAVED).hears(sentence.number(2)).hears_of("m2", 0.5).presses("*")
        owner.hears(menus.MAIN).presses("#").hears(signing.GOODBYE)
        phone.wait_end()

    run = line.visit(room, language, caller)
    assert run.trace[0].event == "done"
    assert room.shelves
    desk = room.shelves["801"]
    assert [found.id for found in desk.folders[Folder.SAVED]] == ["m1"]
    assert [found.id for found in desk.folders[Folder.NEW]] == ["m2"]
    assert desk.heard == ["m1", "m2"]


def test_an_owner_types_everything_ahead(line: Line, phone: Phone) -> None:
    room = mailroom([recorded(number, line.home) for number in (1, 2)])

    def caller() -> None:
        phone.call(line.switch.sip, "199").wait_answer()
        Owner(phone, "en").hears(signing.ASK_PIN).presses(f"{PIN}#187*#").hears(signing.GOODBYE)
        phone.wait_end()

    run = line.visit(room, "en", caller)
    assert run.trace[0].event == "done"
    assert run.trace[0].detail["saved"] == 1
    assert run.trace[0].detail["deleted"] == 1


def test_an_owner_who_hangs_up_in_a_message_has_heard_it(line: Line, phone: Phone) -> None:
    room = mailroom([recorded(1, line.home)])

    def caller() -> None:
        phone.call(line.switch.sip, "199").wait_answer()
        owner = Owner(phone, "en").hears(signing.ASK_PIN).presses(f"{PIN}#1")
        owner.hears_of("m1", 1.0)
        phone.hang_up()

    run = line.visit(room, "en", caller)
    assert room.shelves
    assert (run.trace[0].event, room.shelves["801"].heard) == ("hangup", ["m1"])


@dataclass(frozen=True, slots=True)
class Sentences:
    """Those with a gap, filled in."""

    language: str

    def number(self, number: int) -> str:
        return listening.NUMBER[self.language].format(number=plain(number, self.language))

    def caller(self, number: str) -> str:
        spoken = phone_number(number, self.language)
        return listening.FROM[self.language].format(number=spoken)
