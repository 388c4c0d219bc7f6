"""A caller who is there when something dies, and can tell afterwards what was met."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tests.contract.phone import Phone
from tests.end_to_end.box import Box
from tests.kill.silences import Span, longest, sounds
from tests.kill.texts import Text
from tests.kill.tone import ToneEar

TALK, LEAVE = "710", "700"
"""Numbers of flows/talk.yaml and flows/leave.yaml."""
LOOK = 0.05
REACTION = 0.2
"""Seconds from the tone to the first breath."""
REVIEW = 2.5
"""Seconds of choices heard before the message is sent."""
NO_ANSWER = 1.5
"""Seconds of silence after which a key is pressed again: one may be lost."""
MOST = 90.0
"""Seconds after which nobody stays on the line."""
AGAIN_AT = (0.5, 1.5, 3.5, 7.5, 15.5, 31.5)
"""Seconds from the first INVITE until it is sent again, while nobody answers (RFC 3261,
17.1.1.2)."""
DEAD_AFTER = 3.0
"""Seconds without a single packet; a switch that lives sends them while it plays anything."""


class End(StrEnum):
    WENT_ON = "went on"
    NOTICE = "heard the notice"
    SENT = "message sent"
    ENDED = "were hung up"
    DEAD = "line dead"
    REFUSED = "were refused"
    NEVER = "never answered"


@dataclass(slots=True)
class Speech:
    """What was said after a tone."""

    text: Text
    begin: float
    end: float = 0.0
    """When the caller pressed the hash key; 0 while he speaks."""
    seconds: float = 0.0
    """Of it that were sent."""
    at_strike: float = 0.0


class Witness:
    """Listens; says one text after the first tone, and sends it; hangs up at the next tone, or when
    told to."""

    def __init__(self, box: Box, number: str, dialled: str, text: Text) -> None:
        self.number = number
        self.dialled = dialled
        self.text = text
        self.speech: Speech | None = None
        self.struck = 0.0
        self._over = 0.0
        self._was_ended = False
        self._tones: list[float] = []
        self._phone = Phone(number)
        self._ear = ToneEar(self._phone.line)
        self._box = box
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    # What a test does.

    def start(self) -> None:
        self._thread.start()

    def strike(self) -> None:
        """Now it happens."""
        self._note_said()
        self.struck = time.monotonic()
        if self.speech:
            self.speech.at_strike = self.speech.seconds

    def enough(self) -> None:
        """Who listens hangs up; who speaks comes to the end first."""
        self._enough.set()

    def close(self) -> None:
        self.enough()
        if self._thread.ident is not None:
            self._thread.join(MOST)
        self._phone.close()

    @property
    def is_up(self) -> bool:
        return self._phone.answered.is_set() and not self._phone.ended.is_set()

    @property
    def is_speaking(self) -> bool:
        return self.speech is not None and not self.speech.end

    def is_speaking_since(self, seconds: float) -> bool:
        self._note_said()
        return self.speech is not None and self.is_speaking and self.speech.seconds >= seconds

    # What it tells.

    @property
    def end(self) -> End:
        if not self._phone.answered.is_set():
            return End.REFUSED if self._is_refused() else End.NEVER
        tones = self._tones[1:] if self.dialled == LEAVE else self._tones  # its flow has one
        if any(tone > self.struck for tone in tones):
            return End.NOTICE
        if self._was_ended:
            return End.SENT if self._sent() else End.ENDED
        return End.DEAD if self._is_dead() else End.WENT_ON

    @property
    def silence(self) -> Span:
        """Longest without a sound from the blow on; of a line that lives."""
        return longest(sounds(list(self._phone.line.packets)), self._listened())

    def __str__(self) -> str:
        def since(moment: float) -> str:
            return f"{moment - self.struck:.1f}"

        gap, speech = self.silence, self.speech
        spoke = f"spoke {since(speech.begin)} to {since(speech.end)}" if speech else "said nothing"
        return (
            f"{self.number} to {self.dialled}: {self.end}; silence {since(gap.begin)} to "
            f"{since(gap.end)} of {since(self._over)} s, {spoke}, "
            f"tones at {' '.join(map(since, self._tones))}"
        )

    def _listened(self) -> Iterator[Span]:
        begin = max(self.struck, self._answered_at())
        if self.speech:
            yield Span(begin, self.speech.begin)
            begin = max(begin, self.speech.end)
        yield Span(begin, self._over)

    def _answered_at(self) -> float:
        packets = self._phone.line.packets
        return packets[0].at if packets else self.struck

    def _sent(self) -> bool:
        return self.dialled == LEAVE and self.speech is not None and bool(self.speech.end)

    def _is_refused(self) -> bool:
        """At once; the phone gives the busy tone."""
        return any(message.status >= 400 for message in list(self._phone.messages))

    def _is_dead(self) -> bool:
        last = max((packet.at for packet in self._phone.line.packets[-1:]), default=0.0)
        return self._over - last > DEAD_AFTER

    # Its thread.

    def _run(self) -> None:
        self._phone.call(self._box.sip, self.dialled)
        again = [time.monotonic() + later for later in AGAIN_AT]
        for _ in self._moments(MOST):
            self._call_again(again)
            if self._ear.hears_end():
                self._on_tone()
            if len(self._tones) > 1:
                break  # asked to speak again, with nothing left to say
            if self._enough.is_set() and not self.is_speaking:
                break
        self._over = time.monotonic()
        self._was_ended = self._phone.ended.is_set()
        self._phone.hang_up()

    def _call_again(self, at: list[float]) -> None:
        """While the switch is silent; `at` are the moments that are left for it."""
        if at and not self._phone.messages and time.monotonic() > at[0]:
            at.pop(0)
            self._phone.invite_again()

    def _on_tone(self) -> None:
        self._tones.append(time.monotonic())
        if self.speech is None:
            self._speak()

    def _speak(self) -> None:
        time.sleep(REACTION)
        self.speech = Speech(self.text, time.monotonic())
        self._phone.line.say(self.text.samples)
        for _ in self._moments(3 * self.text.seconds + 20):
            if not self._phone.line.unsaid():
                break
        self._note_said()
        self.speech.end = time.monotonic()
        self._phone.press("#")
        again = self.speech.end + NO_ANSWER
        for _ in self._moments(REVIEW):
            if self._ear.hears_end():
                self._tones.append(time.monotonic())
                return
            if time.monotonic() > again and not self._hears_since(self.speech.end):
                again = float("inf")
                self._phone.press("#")
        self._phone.press("1")

    def _hears_since(self, moment: float) -> bool:
        return any(at > moment for at in sounds(self._phone.line.packets[-150:]))

    def _note_said(self) -> None:
        if self.speech and not self.speech.end:
            sent = self.text.seconds - self._phone.line.unsaid()
            self.speech.seconds = min(max(0.0, sent), self.text.seconds)

    def _moments(self, seconds: float) -> Iterator[None]:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._phone.ended.is_set():
            time.sleep(LOOK)
            yield
