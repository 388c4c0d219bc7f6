"""The count of what a listener lost must itself be right."""

import struct

import pytest

from bench.counted import PITCHES, Counted, count, signal
from bench.rtp import SILENCE


def packets(payloads: list[bytes], skip: int = 0) -> list[bytes]:
    """`skip`: before which packet one number is left out."""
    numbers = [number + (bool(skip) and number >= skip) for number in range(len(payloads))]
    return [
        struct.pack("!BBHII", 0x80, 0, (65500 + number) % 65536, number * 160, 7) + payload
        for number, payload in zip(numbers, payloads, strict=True)
    ]


@pytest.mark.parametrize("stride", [1, 2, 5, 30])
def test_a_whole_signal_lacks_nothing(stride: int) -> None:
    heard = count(packets(list(signal(100, stride))), stride)
    assert heard == Counted(100, 100, 0, 0, 0)


def test_packets_that_are_missing_are_counted() -> None:
    sent = list(signal(100))
    del sent[40:43], sent[10]
    assert count(packets(sent)).lost == 4


def test_packets_heard_twice_are_counted() -> None:
    sent = list(signal(100))
    assert count(packets([*sent[:50], *sent[49:]])).again == 1


def test_silence_within_is_no_loss() -> None:
    sent = list(signal(100))
    heard = count(packets([*sent[:50], SILENCE, *sent[50:]]))
    assert (heard.packets, heard.heard, heard.lost, heard.again) == (101, 100, 0, 0)


def test_packets_that_the_network_lost_are_known_by_their_numbers() -> None:
    assert count(packets(list(signal(100)), skip=60)).never_sent == 1


def test_the_signal_of_another_room_is_not_taken_for_ours() -> None:
    heard = count(packets(list(signal(10 * PITCHES, 3))), 1)
    assert heard.lost > 100


def test_who_hears_nothing_has_heard_nothing() -> None:
    assert count([]) == Counted(0, 0, 0, 0, 0)
    assert count(packets([SILENCE] * 20)).heard == 0
