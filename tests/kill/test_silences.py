import numpy as np
import pytest

from tests.contract.rtp import PCMU, Packet
from tests.kill.silences import Span, longest, sounds
from tests.listening import to_mulaw


def packet(at: float, loud: float, kind: int = PCMU) -> Packet:
    return Packet(at, kind, 0, 0, 0, to_mulaw(np.full(160, loud)))


def test_only_packets_with_sound_in_them_count() -> None:
    packets = [packet(1.0, 0.1), packet(2.0, 0.0), packet(3.0, 0.0004), packet(4.0, 0.1, 101)]
    assert sounds(packets) == [1.0]


@pytest.mark.parametrize(
    ("listening", "seconds"),
    [
        ([Span(0.0, 10.0)], 5.0),  # between two sounds
        ([Span(0.0, 20.0)], 11.0),  # after the last
        ([Span(-8.0, 4.0)], 9.0),  # before the first
        ([Span(0.0, 3.0), Span(8.0, 9.5)], 1.0),  # spoke meanwhile
        ([], 0.0),
    ],
)
def test_the_longest_silence_is_that_of_a_caller_who_listens(
    listening: list[Span], seconds: float
) -> None:
    assert longest([1.0, 2.0, 3.0, 4.0, 9.0], listening).seconds == pytest.approx(seconds)
