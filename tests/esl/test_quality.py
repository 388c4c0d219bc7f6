"""How well a call was heard, read from the last event of its channel."""

import json

import pytest

from esl.event import Event
from esl.quality import quality

TOLD = {
    "Event-Name": "CHANNEL_HANGUP_COMPLETE",
    "Unique-ID": "abc",
    "Caller-Channel-Answered-Time": "1000000",
    "Caller-Channel-Hangup-Time": "61000000",
    "variable_rtp_audio_in_media_packet_count": "2900",
    "variable_rtp_audio_in_jitter_loss_rate": "0.03",
    "variable_rtp_audio_in_jitter_max_variance": "100.00",
}


def event(**changed: str) -> Event:
    named = {f"variable_rtp_audio_{name}": value for name, value in changed.items()}
    return Event(json.dumps(TOLD | named).encode())


def test_loss_is_a_share_and_jitter_is_in_seconds() -> None:
    found = quality(event())
    assert found is not None
    assert (found.call, found.packets, found.loss) == ("abc", 2900, 0.03)
    assert found.jitter == pytest.approx(0.01)
    assert found.seconds == 60.0


def test_a_call_without_sound_has_no_quality() -> None:
    assert quality(event(in_media_packet_count="")) is None


def test_other_events_have_none() -> None:
    assert quality(Event(json.dumps({**TOLD, "Event-Name": "CHANNEL_HANGUP"}).encode())) is None


@pytest.mark.parametrize("odd", ["-nan", "nan", "inf", "-1", "1e300", "many", ""])
def test_what_is_no_figure_counts_as_none(odd: str) -> None:
    found = quality(event(in_jitter_loss_rate=odd, in_jitter_max_variance=odd))
    assert found is not None
    assert found.loss in (0.0, 1.0)
    assert found.jitter < 1e6
