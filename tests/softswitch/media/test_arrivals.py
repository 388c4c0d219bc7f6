"""What the embedded switch measures of a stream."""

import pytest

from softswitch.media.arrivals import Arrivals, as_variables
from softswitch.media.rtp import Packet

SPACING = 0.02


def heard(*packets: tuple[int, float], start: int = 0, ssrc: int = 7) -> Arrivals:
    """Each by its place in the stream and how much later than due it came, in seconds."""
    arrivals = Arrivals()
    for place, late in packets:
        packet = Packet(0, (start + place) & 0xFFFF, place * 160, ssrc, b"")
        arrivals.note(packet, place * SPACING + late, is_audio=True)
    return arrivals


def test_a_stream_that_is_whole_and_even_has_neither_loss_nor_jitter() -> None:
    arrivals = heard(*((place, 0.0) for place in range(100)))
    assert (arrivals.lost, arrivals.loss) == (0, 0.0)
    assert arrivals.jitter == pytest.approx(0.0, abs=1e-9)


def test_what_never_came_is_a_share_of_what_was_sent() -> None:
    arrivals = heard(*((place, 0.0) for place in range(101) if place % 10 != 5))
    assert arrivals.lost == 10
    assert arrivals.loss == pytest.approx(10 / 101)


def test_numbers_that_begin_anew_are_no_loss() -> None:
    arrivals = heard(*((place, 0.0) for place in range(20)), start=65530)
    assert arrivals.lost == 0


def test_a_packet_that_comes_late_is_not_lost() -> None:
    arrivals = heard((0, 0.0), (1, 0.0), (3, 0.0), (2, 0.03), (4, 0.0))
    assert arrivals.lost == 0


def test_a_packet_that_comes_twice_makes_up_for_no_other() -> None:
    arrivals = heard((0, 0.0), (1, 0.0), (1, 0.0), (3, 0.0))
    assert arrivals.lost == 1


def test_a_source_that_changes_is_no_loss() -> None:
    arrivals = heard((0, 0.0), (1, 0.0))
    arrivals.note(Packet(0, 30_000, 5, 99, b""), 1.0, is_audio=True)
    assert arrivals.lost == 0


def test_unevenness_comes_near_to_how_uneven_it_is() -> None:
    arrivals = heard(*((place, 0.01 * (place % 2)) for place in range(200)))
    assert arrivals.jitter == pytest.approx(0.01, rel=0.01)


def test_keys_between_packets_of_sound_are_no_loss() -> None:
    arrivals = heard((0, 0.0), (1, 0.0))
    arrivals.note(Packet(101, 2, 160, 7, b""), 5.0, is_audio=False)
    arrivals.note(Packet(0, 3, 480, 7, b""), 0.06, is_audio=True)
    assert arrivals.lost == 0
    assert arrivals.jitter == pytest.approx(0.0, abs=1e-9)


def test_it_is_told_in_freeswitchs_words() -> None:
    told = as_variables(heard(*((place, 0.0) for place in range(101) if place % 10 != 5)))
    assert told["rtp_audio_in_jitter_loss_rate"] == "0.10"
    assert told["rtp_audio_in_quality_percentage"] == "90.00"
