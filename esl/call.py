"""A live call: the port that flows use, over FreeSWITCH's Event Socket."""

import re
import time
from collections.abc import Sequence
from pathlib import Path

import gevent

from esl import call_audio, call_bridge, call_conference, call_record, commands
from esl.absence import Absence, Absences, Ended, way_back
from esl.call_conference import STAY_LIMIT, Entry
from esl.errors import EslError
from esl.event import Event
from esl.parties import caller_of, dialled_in
from esl.session import CallSession
from ivr_flows.ports import (
    BridgeResult,
    BridgeRule,
    Call,
    CallEnded,
    CallError,
    CallFailed,
    DigitRule,
    Digits,
    Heard,
    Party,
    Prompt,
    Recording,
    RecordRule,
    Role,
    RoomOutcome,
    SwitchLost,
    Target,
)

PARKED_WITHIN = 0.1
"""Seconds after `connect` in which FreeSWITCH parks a call (a millisecond, when it is not busy)."""
HANGUP_LIMIT = 5.0
"""Seconds the switch may take to confirm a hang-up."""
_CAUSE = re.compile(r"[A-Z0-9_]{1,64}\Z")


class EslCall:
    """One call. Its verbs are used by one greenlet; `hangup` and `close` by any."""

    def __init__(
        self,
        session: CallSession,
        description: Event,
        profile: str,
        absences: Absences | None = None,
    ) -> None:
        """`description`: the connect reply. `profile`: the SIP profile that bridges leave by.

        `absences` takes the call while it is in a room; without it the call stays connected.
        """
        self._session = session
        self._absences = absences
        self._absence: Absence | None = None
        self._description = description
        self._profile = profile
        answered = description.get("Answer-State") == "answered"
        self._answered_at = time.time() if answered else 0.0

    # --- who and what

    @property
    def id(self) -> str:
        return self._session.id

    @property
    def part(self) -> int:
        """1 for a call as it came; higher each time that a phone has transferred it to us again,
        under the same id (switch_channel.c counts its profiles)."""
        count = self._description.get("Caller-Profile-Index")
        return int(count) if self.is_transferred and count.isdecimal() else 1

    @property
    def is_transferred(self) -> bool:
        """Whether a phone has sent it here, or a command."""
        return bool(self._session.transfer_source)

    @property
    def caller(self) -> Party:
        return caller_of(self._description)

    @property
    def dialed(self) -> str:
        return dialled_in(self._description)

    @property
    def is_outbound(self) -> bool:
        """Placed by the switch for us: `caller` is then who was called (switch_ivr_originate.c,
        which exchanges them)."""
        return self._description.get("Call-Direction") == "outbound"

    @property
    def answered(self) -> bool:
        """Answered before it came to us, or told to be."""
        return bool(self._answered_at)

    @property
    def answered_at(self) -> float:
        """Seconds since the epoch; 0 for a call that is not answered."""
        return self._answered_at

    @property
    def hangup_cause(self) -> str:
        """Empty while the call lives."""
        return self._session.ended

    @property
    def sip_call_id(self) -> str:
        return self.variable("sip_call_id")

    def variable(self, name: str) -> str:
        """A channel variable as it was when the call came to us; empty when not set. Hostile."""
        return self._description.get(f"variable_{name}")

    # --- verbs

    def answer(self) -> None:
        """Leaves in one write with what follows, or when the call first waits for anything."""
        self._session.check_alive()
        if not self._answered_at:
            self._answered_at = time.time()
            self._session.cork(commands.execute("answer", "", "answer"))
            self._session.flush_soon()

    def play(self, audio: Sequence[Prompt], *, barge_in: bool = True) -> None:
        call_audio.play(self._session, audio, barge_in=barge_in)

    def collect(self, audio: Sequence[Prompt], rule: DigitRule) -> Digits:
        return call_audio.collect(self._session, audio, rule)

    def listen(self, prompt: Prompt, start: float = 0.0) -> Heard:
        return call_audio.listen(self._session, prompt, start)

    def record(self, into: Path, rule: RecordRule) -> Recording:
        return call_record.record(self._session, into, rule)

    def bridge(self, targets: Sequence[Target], rule: BridgeRule) -> BridgeResult:
        return call_bridge.bridge(self._session, targets, rule, self._profile)

    def conference(
        self,
        room: str,
        role: Role,
        *,
        hall: bool = False,
        wait_for_moderator: bool = False,
        music: Prompt | None = None,
    ) -> RoomOutcome:
        entry = Entry(room, role, hall, wait_for_moderator, music)
        back = self._way_back()
        if self._absences is None or back is None:
            return call_conference.conference(self._session, entry)
        return self._sit_unconnected(self._absences, entry, back)

    def _way_back(self) -> str | None:
        """Whom we have called came by no dialplan."""
        context = self._description.get("Caller-Context")
        return None if self.is_outbound else way_back(self.dialed, context)

    def _sit_unconnected(self, absences: Absences, entry: Entry, back: str) -> RoomOutcome:
        absence = absences.begin(self.id)
        try:
            call_conference.send(self._session, entry, absence.token, back)
        except CallError:
            absences.over(self.id)
            raise
        self._absence = absence
        self._session.stop()
        end = absence.end.wait(STAY_LIMIT)
        if end is None:
            raise CallFailed("conference", f"not finished after {STAY_LIMIT:g} s")
        self._absence = None
        if isinstance(end, Ended):
            self._session.ended = end.cause
            raise CallEnded(end.cause)
        self._session = end.session
        return call_conference.outcome(self._session, entry.room, end.description)

    def pause(self, seconds: float) -> None:
        call_audio.pause(self._session, seconds)

    def hangup(self, cause: str = "NORMAL_CLEARING") -> None:
        """Idempotent: a call that is gone stays gone. Raises `CallFailed`, `SwitchLost`."""
        if not _CAUSE.match(cause):
            raise CallFailed("hangup", f"{cause[:80]!r} is no cause such as NORMAL_CLEARING")
        if self._absences is not None and self._absence is not None:
            self._hang_up_away(self._absences, self._absence, cause)
            return
        session = self._session
        if session.gone:
            return
        session.cork(commands.hangup(cause))
        session.flush()
        if not session.wait_until(lambda: session.gone, HANGUP_LIMIT):
            raise CallFailed("hangup", f"not confirmed in {HANGUP_LIMIT:g} s")

    def _hang_up_away(self, absences: Absences, absence: Absence, cause: str) -> None:
        try:
            absences.hang_up(self.id, cause)
        except EslError as fault:
            raise SwitchLost(str(fault)) from fault
        if absence.end.wait(HANGUP_LIMIT) is None:
            raise CallFailed("hangup", f"not confirmed in {HANGUP_LIMIT:g} s")

    def leave(self) -> None:
        """Give the call back to its dialplan: it goes on behind `socket`, to the last resort.

        FreeSWITCH has to have parked it by then, or it waits for ever (esl/strays.py).
        """
        gevent.sleep(PARKED_WITHIN)
        self._session.stop()

    def close(self) -> None:
        """Hang up if need be, then give the connection back. Never raises a `CallError`."""
        try:
            self.hangup()
        except CallError:
            pass  # without a connection the switch goes on behind `socket`, to the last resort
        finally:
            self._session.stop()


def _is_a_call(call: EslCall) -> Call:
    """Checked by mypy: `EslCall` keeps to the port."""
    return call
