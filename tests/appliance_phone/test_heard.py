import numpy as np
import pytest

from appliance.phone.heard import Heard
from softswitch.media.rtp import Packet

SPEECH = np.arange(1, 1601, dtype=np.int16)


def heard(slip: int, lost: int = 0) -> list[int]:
    """Ten frames; after the third the clock jumps by `slip` samples and `lost` packets are gone."""
    recording = Heard()
    for number in range(10):
        late = number >= 3
        packet = Packet(
            payload_type=0,
            sequence=100 + number + (lost if late else 0),
            timestamp=5000 + number * 160 + (slip if late else 0),
            ssrc=7,
            payload=b"",
        )
        recording.add(packet, SPEECH[number * 160 : number * 160 + 160], now=number * 0.02)
    return recording.samples().tolist()


def test_a_small_jump_of_the_clock_leaves_no_hole_in_a_word() -> None:
    assert heard(slip=160) == SPEECH.tolist()


@pytest.mark.parametrize(("slip", "lost"), [(8 * 160, 0), (160, 1)])
def test_a_pause_or_a_lost_packet_stays_as_silence(slip: int, lost: int) -> None:
    samples = heard(slip, lost)
    assert samples[:480] == SPEECH[:480].tolist()
    assert samples[480 : 480 + slip] == [0] * slip
    assert samples[480 + slip :] == SPEECH[480:].tolist()
