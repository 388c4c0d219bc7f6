"""What must be true of a caller's messages, by what that caller has said after a tone.

No spoken second is in two messages, and none of over two seconds of speech is in none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tests.kill.caller import Caller
from tests.kill.kept import Kept
from tests.kill.texts import Text
from tests.listening import RATE, Samples, heard_in, loudness

KEPT_FROM = 2.0
"""Seconds of speech from which on the box keeps a message."""
MARGIN = 0.5
"""Seconds around that where either is right: what was sent was not all heard, or not all speech."""
MOST_LOST = 0.6
"""Seconds of the end that a killed switch may take along."""
PIECE = RATE // 2
ALIKE = 0.75
"""A piece of half a second; other speech of the same voice has some 0.5."""
MOSTLY, HARDLY = 0.4, 0.15
"""Shares of pieces, of which there may be three; a packet that came late spoils one."""
WORDS_WRONG = 0.25
CUT_WORD = 3
"""Words at the end that are not judged: so many may be heard in one that was cut in two."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one text became."""

    text: Text
    seconds: float
    """As much of it as must be there, if it must be there at all."""

    @property
    def is_message(self) -> bool:
        return self.seconds >= KEPT_FROM + MARGIN

    @property
    def is_none(self) -> bool:
        return self.seconds < KEPT_FROM - MARGIN

    def share_in(self, samples: Samples) -> float:
        """How much of what was surely recorded is heard there."""
        pieces = self._pieces(self.seconds - MOST_LOST)
        heard = [heard_in(piece, samples) > ALIKE for piece in pieces]
        return sum(heard) / len(heard) if heard else 0.0

    def _pieces(self, until: float) -> list[Samples]:
        """Without pauses, which are alike everywhere."""
        said = self.text.samples[: int(max(until, 0.0) * RATE)]
        parts = [said[at : at + PIECE] for at in range(0, len(said) - PIECE + 1, PIECE)]
        return [part for part in parts if loudness(part) > loudness(self.text.samples) / 3]


def judge(spoken: Sequence[Spoken], messages: Sequence[Kept]) -> None:
    """Raises AssertionError."""
    for one in spoken:
        shares = sorted((one.share_in(message.samples) for message in messages), reverse=True)
        found = [share for share in shares if share > HARDLY]
        if one.is_message:
            assert len(found) == 1 and found[0] >= MOSTLY, (one.text.name, one.seconds, shares)
        else:
            assert len(found) <= 1, (one.text.name, one.seconds, shares)
    most = [one for one in spoken if not one.is_none]
    assert len(messages) <= len(most), "a message in which nobody said enough"
    for message in messages:
        _judge_message(message, spoken)


def _judge_message(message: Kept, spoken: Sequence[Spoken]) -> None:
    one = max(spoken, key=lambda one: one.share_in(message.samples))
    assert message.seconds >= one.seconds - MOST_LOST, (message.id, message.seconds, one.seconds)
    assert message.transcript_state == "done", message.id
    at_least = one.text.words_until(min(one.seconds, message.seconds) - MOST_LOST)
    heard = message.transcript.split()
    assert words_wrong(at_least, one.text, heard) <= WORDS_WRONG, (message.transcript, at_least)


def words_wrong(at_least: Sequence[str], text: Text, heard: Sequence[str]) -> float:
    """Share of words that are wrong, if `heard` is the text up to any word beyond `at_least`."""
    words = [word.text for word in text.words]
    return min(
        distance(words[:end], heard[: len(heard) - cut]) / max(1, end)
        for end in range(len(at_least), len(words) + 1)
        for cut in range(CUT_WORD + 1)
    )


def distance(expected: Sequence[str], heard: Sequence[str]) -> int:
    """Words to be put in, left out or changed."""
    row = np.arange(len(heard) + 1)
    for number, word in enumerate(expected, 1):
        above, row = row, np.full(len(heard) + 1, number)
        for at, other in enumerate(heard, 1):
            row[at] = min(above[at] + 1, row[at - 1] + 1, above[at - 1] + (word != other))
    return int(row[-1])


def spoken_in_all(caller: Caller) -> list[Spoken]:
    """Where the switch lived on, all that was said."""
    return [Spoken(said.text, said.until) for said in caller.said]


def spoken_until_kill(caller: Caller) -> list[Spoken]:
    return [Spoken(said.text, said.at_kill) for said in caller.said]
