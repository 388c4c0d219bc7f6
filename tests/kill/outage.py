"""Something dies or hangs while callers are on the line: what they met."""

import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import psutil

from tests.end_to_end.box import Box
from tests.end_to_end.waiting import eventually
from tests.kill.judging import KEPT_FROM, MARGIN, MOST_LOST, MOSTLY, Spoken
from tests.kill.kept import kept
from tests.kill.texts import texts
from tests.kill.witness import LEAVE, TALK, End, Witness

CALLS, LEAVING, COMING = 40, 10, 4
"""Of all callers, those who leave a message, and those who call when it has happened."""
COME_WITHIN = 5.0
"""Seconds."""
LATER = 0.5
"""Seconds from the blow to those who call then."""
WATCHED, WATCHED_BESIDE = 20.0, 8.0
"""Seconds from the blow for which all stay on the line, and for parts that calls do not run on."""
BESIDE = ("worker", "panel", "webphone")
KEPT_WITHIN = 90.0
"""Seconds: four times a minute the box looks for what was cut off."""
BACK_WITHIN = 200.0
"""Seconds: longer than the patience with any process."""
SPOKEN = KEPT_FROM + MARGIN + MOST_LOST
"""Seconds after which what was said is a message also when the switch itself dies."""
_numbers = count(5_570_000)

SIGNALS = {"killed": signal.SIGKILL, "frozen": signal.SIGSTOP, "restarted": signal.SIGTERM}
"""What happens to a process."""


@dataclass(frozen=True, slots=True)
class Met:
    """What all callers of one outage met."""

    ends: Counter[End]
    silence: float
    """The longest that anybody met whose line was alive, in seconds."""
    spoken: int
    """Messages that were long enough to be kept."""
    lost: int
    back_after: float
    """Seconds until every part of the box was well."""


class Outage:
    """One process, and what happens to it."""

    def __init__(self, box: Box, part: str, how: str) -> None:
        self._box = box
        self._part = part
        self._signal = SIGNALS[how]

    def run(self) -> Met:
        """Raises AssertionError when the box does not come back."""
        witnesses = [self._witness(number) for number in range(CALLS)]
        there, coming = witnesses[:-COMING], witnesses[-COMING:]
        try:
            self._gather(there)
            back = self._strike(there, coming)
            for witness in witnesses:
                witness.close()
            lost = self._lost(witnesses)
        finally:
            for witness in witnesses:
                witness.close()
        return _met(witnesses, lost, back)

    def _witness(self, number: int) -> Witness:
        dialled = LEAVE if number < LEAVING else TALK
        return Witness(self._box, str(next(_numbers)), dialled, texts()[number % 3])

    def _gather(self, witnesses: Sequence[Witness]) -> None:
        """All are on the line, and those who leave a message are in the midst of it."""
        pause = threading.Event()
        for witness in reversed(witnesses):  # who speaks comes last
            witness.start()
            pause.wait(COME_WITHIN / CALLS)
        eventually(lambda: all(w.is_up for w in witnesses), "all are on the line")
        leaving = witnesses[:LEAVING]
        eventually(
            lambda: sum(w.is_speaking_since(SPOKEN) for w in leaving) > LEAVING / 2,
            "most have said what must be kept, and speak on",
        )

    def _strike(self, there: Sequence[Witness], coming: Sequence[Witness]) -> float:
        old = set(self._pids())
        for witness in [*there, *coming]:
            witness.strike()
        began = time.monotonic()
        self._hit()
        time.sleep(LATER)
        for witness in coming:
            witness.start()
        self._bring_back()
        watched = WATCHED_BESIDE if self._part in BESIDE else WATCHED
        time.sleep(max(0.0, watched - (time.monotonic() - began)))
        for witness in [*there, *coming]:
            witness.enough()
        return self._wait_back(old) - began

    def _hit(self) -> None:
        for process in self._victims():
            process.send_signal(self._signal)

    def _victims(self) -> list[psutil.Process]:
        freeswitch = self._box.freeswitch
        if self._part == "switch" and freeswitch is not None:
            assert freeswitch.process is not None
            return [psutil.Process(freeswitch.process.pid)]
        found = self._box.parts(self._part)
        return found[:1] if self._part == "worker" else found  # the others are its forks

    def _pids(self) -> list[int]:
        return [process.pid for process in self._victims()]

    def _bring_back(self) -> None:
        """As systemd does with FreeSWITCH; all else `pressline up` does."""
        if self._part == "switch" and self._box.freeswitch is not None:
            self._box.freeswitch.start_again()

    def _wait_back(self, old: set[int]) -> float:
        eventually(lambda: not old & set(self._pids()), f"another {self._part}", BACK_WITHIN)
        eventually(self._box.is_well, "the box is well", BACK_WITHIN)
        return time.monotonic()

    def _lost(self, witnesses: Sequence[Witness]) -> int:
        """How many messages are not kept, when the box has had its time."""
        waiting = [w for w in witnesses if must_be_kept(w)]
        deadline = time.monotonic() + KEPT_WITHIN
        while waiting and time.monotonic() < deadline:
            waiting = [w for w in waiting if not self._is_kept(w)]
            time.sleep(1.0)
        return len(waiting)

    def _is_kept(self, witness: Witness) -> bool:
        assert witness.speech is not None
        spoken = Spoken(witness.text, seconds_kept(witness))
        found = kept(self._box, witness.number)
        return any(spoken.share_in(message.samples) >= MOSTLY for message in found)


def must_be_kept(witness: Witness) -> bool:
    return seconds_kept(witness) >= KEPT_FROM + MARGIN


def seconds_kept(witness: Witness) -> float:
    """As much of what was said as the box can have."""
    speech = witness.speech
    if speech is None:
        return 0.0
    return speech.at_strike - MOST_LOST if witness.end is End.DEAD else speech.seconds


def _met(witnesses: Sequence[Witness], lost: int, back_after: float) -> Met:
    living = [w for w in witnesses if w.end not in (End.DEAD, End.REFUSED, End.NEVER)]
    for worst in sorted(living, key=lambda w: -w.silence.seconds)[:3]:
        print(worst, file=sys.stderr)
    return Met(
        ends=Counter(w.end for w in witnesses),
        silence=max((w.silence.seconds for w in living), default=0.0),
        spoken=sum(must_be_kept(w) for w in witnesses),
        lost=lost,
        back_after=back_after,
    )
