"""50 callers leave a message at the same time, by the switch alone and through the whole box."""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from store.models import Message, Transcript
from store.models.message import MessageState, TranscriptState
from tests.listening import RATE, Samples, read_wav
from tests.switches import FreeSwitch, SoftSwitch, Switch
from tests.tts_asr.heard import MODEL, messages
from tts_asr.model_install import install

from .box_home import opened
from .exchange import MESSAGE, NATIVE_RECORD, Exchange, exchange
from .mailboxes import DESK
from .message_leaver import Crowd, leave_messages
from .patience import wait_until
from .pressline_box import MESSAGES, home_at, pressline_box
from .pressline_worker import pressline_worker
from .process_cpu import CpuMeter, wait_until_idle
from .recordings import Judged, judge
from .report import Report

CALLS = 50
SECONDS = 6.0
"""Of speech: longer than all the callers take to come."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a crowd's messages."""

    crowd: Crowd
    judged: Sequence[Judged]
    """Of the recordings that were found."""
    switch_cpu: float
    """Milliseconds a call."""

    @property
    def whole(self) -> int:
        return sum(one.is_whole for one in self.judged)

    @property
    def worst_likeness(self) -> float:
        return min((one.likeness for one in self.judged), default=0.0)

    @property
    def most_off(self) -> float:
        """Milliseconds."""
        return max((abs(one.off) * 1000 for one in self.judged), default=0.0)


def run(quick: bool) -> Iterable[Report]:
    calls = 10 if quick else CALLS
    for kind in (SoftSwitch, FreeSwitch):
        yield _on(kind, list(islice(cycle(_texts()), calls)))


def _texts() -> Sequence[Samples]:
    return [read_wav(message.path)[: int(SECONDS * RATE)] for message in messages()]


def _on(kind: type[Switch], texts: Sequence[Samples]) -> Report:
    with ExitStack() as stack:
        at = stack.enter_context(exchange(kind))
        box = stack.enter_context(pressline_box(at, MESSAGES))
        home = stack.enter_context(opened(home_at(at)))
        install(MODEL, "en", home.models)
        wait_until_idle(stack.enter_context(pressline_worker(home.root)))
        native = _native(at, texts)
        controller = CpuMeter(box)
        ours = _ours(at, home.voicemail, texts)
        cpu = controller.seconds() / len(texts) * 1000
        wait_until(lambda: _heard() == len(ours.judged), "every message is written down")
        return _report(kind.name, len(texts), native, ours, cpu)


def _native(at: Exchange, texts: Sequence[Samples]) -> Recorded:
    crowd, cpu = _call(at, NATIVE_RECORD, texts)
    paths = [(at.switch.recordings / f"{left.caller}.wav", left) for left in crowd.left]
    return Recorded(crowd, [judge(path, left) for path, left in paths if path.exists()], cpu)


def _ours(at: Exchange, folder: Path, texts: Sequence[Samples]) -> Recorded:
    crowd, cpu = _call(at, MESSAGE, texts)
    wait_until(lambda: not _kept(MessageState.RECORDING), "no message is being recorded")
    rows = {row.caller_number: row for row in _kept(MessageState.NEW)}
    paths = [(folder / rows[left.caller].path, left) for left in crowd.left if left.caller in rows]
    return Recorded(crowd, [judge(path, left) for path, left in paths], cpu)


def _call(at: Exchange, dialled: str, texts: Sequence[Samples]) -> tuple[Crowd, float]:
    meter = CpuMeter(at.pid)
    crowd = asyncio.run(leave_messages(at.sip, dialled, texts))
    return crowd, meter.seconds() / len(texts) * 1000


def _kept(state: MessageState) -> list[Message]:
    return list(Message.select().where(Message.box == DESK, Message.state == state))


def _heard() -> int:
    return int(Transcript.select().where(Transcript.state == TranscriptState.DONE).count())


def _report(switch: str, calls: int, native: Recorded, ours: Recorded, cpu: float) -> Report:
    found = Report(f"messages_at_once: {calls} messages of {SECONDS:.0f} s, on {switch}")
    failed = (len(one.crowd.failures) for one in (ours, native))
    found.at_most("calls failed", next(failed), "calls", 0, next(failed))
    at_once = (one.crowd.most_at_once for one in (ours, native))
    found.at_least("spoken at the same moment", next(at_once), "calls", calls, next(at_once))
    found.at_least("recordings whole", ours.whole, "files", calls, native.whole)
    found.add("likeness of the worst", ours.worst_likeness, "", native.worst_likeness)
    found.add("length off by at most", ours.most_off, "ms", native.most_off)
    found.add("switch CPU a call", ours.switch_cpu, "ms", native.switch_cpu)
    found.add("callbox CPU a call", cpu, "ms")
    found.notes.append(
        "baseline: the same callers, recorded by the switch's dialplan alone; whole: each part of "
        "200 ms is found in its place, and the length is what the caller measured"
    )
    found.notes += [str(failure) for failure in ours.crowd.failures[:3]]
    return found
