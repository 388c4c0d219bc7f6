"""A call without a switch: a caller who follows a script, and a clock that runs with the words."""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from ivr_flows.ports import (
    BridgeOutcome,
    BridgeResult,
    BridgeRule,
    Call,
    CallEnded,
    DigitRule,
    Digits,
    Heard,
    Party,
    Prompt,
    Recording,
    RecordRule,
    Role,
    RoomOutcome,
    Target,
)
from ivr_flows.quantities import PHONE_KEYS
from ivr_flows.script import Script, SimulatedClock, seconds_to_say

TALK_SECONDS = 60.0
"""How long a transferred caller talks."""
KEY_SECONDS = 0.3
NO_KEY = frozenset[str]()


class SimulatedCall:
    """Implements `Call` in memory."""

    def __init__(self, clock: SimulatedClock, script: Script, caller: Party, dialed: str) -> None:
        self.id = "simulated"
        self.caller = caller
        self.dialed = dialed
        self.heard: list[str] = []
        """Each prompt of which the caller heard at least a part."""
        self.dialled: list[str] = []
        self.answered = False
        self.hung_up = False
        self._clock = clock
        self._script = script
        self._began = clock.time
        self._typed: deque[str] = deque()

    def answer(self) -> None:
        self._alive()
        self.answered = True

    def play(self, audio: Sequence[Prompt], *, barge_in: bool = True) -> None:
        self._alive()
        for prompt in audio:
            if barge_in and self._typed:
                return
            self.heard.append(prompt.text)
            self._pass(_length(prompt), PHONE_KEYS if barge_in else NO_KEY)

    def collect(self, audio: Sequence[Prompt], rule: DigitRule) -> Digits:
        self.play(audio)
        self._answer_question()
        keys = ""
        while len(keys) < rule.max_digits:
            wait = rule.digit_timeout if keys else rule.first_timeout
            if not self._typed:
                self._wait_for_key(keys, wait)
            if not self._typed:
                return Digits(keys, timed_out=len(keys) < rule.min_digits)
            key = self._typed.popleft()
            if key in rule.finish_on:
                return Digits(keys, finished_by=key)
            keys += key
            self._pass(KEY_SECONDS)
        return Digits(keys)

    def _answer_question(self) -> None:
        if not self._typed and self._script.keys:
            self._typed.extend(self._script.keys.popleft())

    def _wait_for_key(self, keyed: str, seconds: float) -> None:
        """`keyed`: what the caller has answered so far."""
        self._pass(seconds, PHONE_KEYS)

    def listen(self, prompt: Prompt, start: float = 0.0) -> Heard:
        self._alive()
        before, length = self._clock.time, _length(prompt)
        if not self._typed:
            self.heard.append(prompt.text)
            self._pass(max(0.0, length - start), PHONE_KEYS)
        key = self._typed.popleft() if self._typed else ""
        return Heard(start + self._since(before) if key else length, key)

    def record(self, into: Path, rule: RecordRule) -> Recording:
        """The caller speaks, then is silent, which takes no time here."""
        self._alive()
        self._typed.clear()
        finish_on = frozenset(rule.finish_on)
        before = self._clock.time
        try:
            self._pass(min(self._script.speaks(), rule.max_seconds), finish_on)
        except CallEnded:
            return Recording(into, self._since(before), "hangup")
        spoken = self._since(before)
        if self._drop_through(finish_on):
            return Recording(into, spoken, "key")
        return Recording(into, spoken, "limit" if spoken >= rule.max_seconds else "silence")

    def _drop_through(self, keys: frozenset[str]) -> bool:
        """Forget what was keyed up to the first of `keys`, or all; whether there was one."""
        while self._typed:
            if self._typed.popleft() in keys:
                return True
        return False

    def bridge(self, targets: Sequence[Target], rule: BridgeRule) -> BridgeResult:
        self._alive()
        result = BridgeResult(BridgeOutcome.UNREACHABLE)
        tried: list[tuple[Target, BridgeOutcome]] = []
        for target in targets:
            name = target.name or target.address
            self.dialled.append(name)
            outcome = self._script.outcomes.get(name, BridgeOutcome.ANSWERED)
            tried.append((target, outcome))
            if outcome is BridgeOutcome.ANSWERED:
                return replace(self._talk(), tried=tuple(tried))
            ring = rule.ring_seconds if target.ring_seconds is None else target.ring_seconds
            self._pass(ring if outcome is BridgeOutcome.NO_ANSWER else 2.0)
            result = BridgeResult(outcome)
        return replace(result, tried=tuple(tried))

    def _talk(self) -> BridgeResult:
        try:
            self._pass(TALK_SECONDS)
        except CallEnded as ended:
            raise CallEnded(ended.cause, connected=True) from ended
        return BridgeResult(BridgeOutcome.ANSWERED, seconds=TALK_SECONDS)

    def conference(
        self,
        room: str,
        role: Role,
        *,
        hall: bool = False,
        wait_for_moderator: bool = False,
        music: Prompt | None = None,
    ) -> RoomOutcome:
        """Everybody is shown out after a while."""
        self._pass(TALK_SECONDS)
        return RoomOutcome.SHOWN_OUT

    def pause(self, seconds: float) -> None:
        self._pass(seconds)

    def hangup(self, cause: str = "NORMAL_CLEARING") -> None:
        self._alive()
        self.hung_up = True

    def _alive(self) -> None:
        self._pass(0.0)

    def _pass(self, seconds: float, stops: frozenset[str] = NO_KEY) -> None:
        """Let time go by; keys come in, and the caller may hang up. Raises `CallEnded`."""
        if self.hung_up:
            raise CallEnded
        end = self._since(self._began) + seconds
        presses = self._script.presses
        while presses and presses[0].at <= end:
            press = presses.popleft()
            self._typed.extend(press.press)
            if stops.intersection(press.press):
                end = max(press.at, self._since(self._began))
        leaves = self._script.hangs_up
        if leaves is not None and leaves <= end:
            self._move(max(leaves, self._since(self._began)))
            self.hung_up = True
            raise CallEnded
        self._move(end)

    def _since(self, moment: datetime) -> float:
        return (self._clock.time - moment).total_seconds()

    def _move(self, to: float) -> None:
        self._clock.time = self._began + timedelta(seconds=to)


def _length(prompt: Prompt) -> float:
    return prompt.seconds or seconds_to_say(prompt.text)


def _is_a_call(call: SimulatedCall) -> Call:
    """Held to the port by the type checker."""
    return call
