"""The switch that is measured, with the numbers that the benches dial."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from esl.call_record import BEEP
from tests.ports import free_port
from tests.switches import Extension, FreeSwitch, Plan, Switch, SwitchFailed

from . import seats
from .errors import NotMeasured
from .sounds import write_prompts

NATIVE = "100"
BARE, BARE_ANSWERED = "101", "102"
BOX, BOX_ANSWERED = "103", "104"
LOOP = "105"
LEANEST = "106"
NATIVE_LONG = "107"
NATIVE_RECORD = "108"
MESSAGE, LISTEN = "109", "110"
"""Numbers to dial; see `extensions`."""


@dataclass(slots=True)
class WidePlan(Plan):
    """With room and media ports for 2,900 calls; tests make do with 500."""

    max_sessions: int = 2900

    @property
    def first_media_port(self) -> int:
        return 10000

    @property
    def last_media_port(self) -> int:
        return 15998


@dataclass(slots=True)
class InstalledPlan(Plan):
    """The priority that FreeSWITCH has where it is installed: one thread mixes a whole room."""

    real_time: bool = True


@dataclass(slots=True)
class Exchange:
    """A started switch, and where the controllers of its calls are to listen."""

    switch: Switch
    prompts: Path
    bare_port: int
    leanest_port: int
    box_port: int

    @property
    def sip(self) -> tuple[str, int]:
        return self.switch.sip

    @property
    def pid(self) -> int:
        assert self.switch.process is not None
        return self.switch.process.pid


@contextmanager
def exchange(kind: type[Switch], plan: type[Plan] = Plan) -> Iterator[Exchange]:
    """Started for the length of a benchmark. Raises NotMeasured where the switch is absent."""
    if kind is FreeSwitch and FreeSwitch.program() is None:
        raise NotMeasured("FreeSWITCH is absent: put it on the PATH, or name it by FREESWITCH_BIN")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        home = Path(folder)
        prompts = home / "prompts"
        write_prompts(prompts)
        ports = [free_port() for _ in range(3)]
        made = plan(home)
        made.extensions = extensions(prompts, made.recordings, *ports)
        switch = kind(made)
        try:
            switch.start()
        except SwitchFailed as error:
            raise NotMeasured(str(error)) from error
        try:
            yield Exchange(switch, prompts, *ports)
        finally:
            switch.stop()


def extensions(
    prompts: Path, recordings: Path, bare_port: int, leanest_port: int, box_port: int
) -> tuple[Extension, ...]:
    """The reference call, native and by each controller, some answered before it is asked.

    A recording by the switch alone goes to `recordings`, named by the caller's number.
    """
    answer = ("answer", "")
    bare, leanest, box = (
        ("socket", f"127.0.0.1:{port} async full") for port in (bare_port, leanest_port, box_port)
    )
    keys = ("set", "playback_terminators=any")  # as docs/freeswitch.md advises
    menu, ok, long = (prompts / name for name in ("menu.wav", "ok.wav", "long.wav"))
    ask = ("play_and_get_digits", rf"1 1 1 5000 # {menu} {menu} choice \d")
    native = (answer, ask, ("playback", str(ok)), ("hangup", ""))
    record = (
        ("playback", BEEP),
        ("set", "playback_terminators=#"),
        ("record", f"{recordings}/${{caller_id_number}}.wav 60 200 5"),
    )
    return (
        Extension("native", f"^{NATIVE}$", native),
        Extension("native long", f"^{NATIVE_LONG}$", (answer, ("playback", str(long)))),
        Extension("native record", f"^{NATIVE_RECORD}$", (answer, *record, ("hangup", ""))),
        Extension("bare", f"^{BARE}$", (bare,)),
        Extension("bare answered", f"^{BARE_ANSWERED}$", (answer, bare)),
        Extension("leanest", f"^{LEANEST}$", (leanest,)),
        Extension("box", f"^({BOX}|{LOOP}|{MESSAGE}|{LISTEN})$", (keys, box)),
        Extension("box answered", f"^{BOX_ANSWERED}$", (keys, answer, box)),
        *seats.extensions(box_port),
    )
