"""Calls whose far end has vanished do not stay for ever."""

import time
from types import SimpleNamespace

import pytest

from softswitch.channel import CallState
from softswitch.housekeeping import end_dead_calls


class Call:
    def __init__(self, quiet: float, state: CallState) -> None:
        self.channel = SimpleNamespace(answered=True, call_state=state)
        self.port = SimpleNamespace(last_packet=time.monotonic() - quiet)
        self.ended = ""

    def hang_up(self, cause: str, *, aside: bool) -> None:
        self.ended = cause


@pytest.mark.parametrize(
    ("quiet", "state", "ended"),
    [
        (10, CallState.ACTIVE, ""),
        (400, CallState.ACTIVE, "MEDIA_TIMEOUT"),
        (400, CallState.HELD, ""),
        (2000, CallState.HELD, "MEDIA_TIMEOUT"),
    ],
)
def test_a_call_without_packets_is_ended_later_when_on_hold(
    quiet: float, state: CallState, ended: str
) -> None:
    call = Call(quiet, state)
    end_dead_calls(SimpleNamespace(sessions={"one": call}))  # type: ignore[arg-type]
    assert call.ended == ended
