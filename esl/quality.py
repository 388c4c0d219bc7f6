"""How well a call's far end was heard, from the last event of its channel.

`rtp_audio_in_*` (switch_core_media.c, set_stats) are set after `CHANNEL_HANGUP`, so they come with
`CHANNEL_HANGUP_COMPLETE` alone. What they mean stands in switch_rtp.c, check_jitter:

- `in_media_packet_count`: packets of sound.
- `in_jitter_loss_rate`: lost packets over those that came, in hundredths, worked out anew every
  5 s; so a call of under 5 s has none, and the last seconds of others do not count. Gaps that
  follow each other directly are counted more than once.
- `in_jitter_max_variance`: the greatest variance of the time between two packets, in ms².
- `in_skip_packet_count` counts reads that brought nothing, which is no loss, and `in_mos` takes
  each gap for two packets more than it was: neither is used.
"""

from dataclasses import dataclass
from math import inf, sqrt

from esl.event import Event

SUBSCRIPTION = "CHANNEL_HANGUP_COMPLETE"
PREFIX = "variable_rtp_audio_"
MOST = 1e9
"""Whatever a switch tells beyond is no figure."""


@dataclass(frozen=True, slots=True)
class Quality:
    call: str
    """The channel's UUID."""
    packets: int
    loss: float
    """Share, 0 to 1."""
    jitter: float
    """Seconds."""
    seconds: float
    """From the answer to the end; 0 for a call that was not answered."""


def quality(event: Event) -> Quality | None:
    """None where there was no sound to be measured."""
    if event.name != SUBSCRIPTION or not event.get(f"{PREFIX}in_media_packet_count"):
        return None
    return Quality(
        event.get("Unique-ID"),
        int(_figure(event, "in_media_packet_count")),
        min(1.0, _figure(event, "in_jitter_loss_rate")),
        sqrt(_figure(event, "in_jitter_max_variance")) / 1000,
        _talked(event),
    )


def _talked(event: Event) -> float:
    """Times of channels are in µs since 1970; 0 for what has not happened."""
    answered = _number(event, "Caller-Channel-Answered-Time")
    ended = _number(event, "Caller-Channel-Hangup-Time")
    return max(0.0, (ended - answered) / 1e6) if answered else 0.0


def _figure(event: Event, name: str) -> float:
    found = _number(event, PREFIX + name)
    return found if found <= MOST else 0.0


def _number(event: Event, name: str) -> float:
    """0 for what is no figure: a switch may tell `-nan`, or nothing."""
    try:
        found = float(event.get(name) or 0.0)
    except ValueError:
        return 0.0
    return found if 0.0 <= found < inf else 0.0
