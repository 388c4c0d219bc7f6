"""What must be looked at now and then: heartbeats, and calls whose far end has vanished."""

import asyncio
import time
from typing import TYPE_CHECKING

from softswitch.events import VERSION
from softswitch.session import Session

if TYPE_CHECKING:
    from softswitch.switch import Switch

HEARTBEAT_SECONDS = 20
"""switch_core.c: the default interval of HEARTBEAT."""
SILENT_SECONDS = 300
"""FreeSWITCH's sample configuration, rtp-timeout-sec: an answered call without a packet for so
long is dead (a phone that lost its power sends no BYE)."""
HELD_SECONDS = 1800
"""The same for a call on hold, rtp-hold-timeout-sec."""


async def keep_house(switch: "Switch") -> None:
    """For ever."""
    while True:
        await asyncio.sleep(HEARTBEAT_SECONDS)
        end_dead_calls(switch)
        _beat(switch)


def end_dead_calls(switch: "Switch") -> None:
    now = time.monotonic()
    for session in list(switch.sessions.values()):
        if _is_dead(session, now):
            session.hang_up("MEDIA_TIMEOUT", aside=True)


def _is_dead(session: Session, now: float) -> bool:
    if not session.channel.answered:
        return False
    limit = HELD_SECONDS if session.channel.call_state.value == "HELD" else SILENT_SECONDS
    return now - session.port.last_packet > limit


def _beat(switch: "Switch") -> None:
    if not switch.bus.wanted("HEARTBEAT"):
        return
    up = time.monotonic() - switch.started
    count = len(switch.sessions)
    facts = {
        "Event-Info": "System Ready",
        "Up-Time": f"{int(up)} seconds",
        "FreeSWITCH-Version": f"{VERSION}~64bit",
        "Uptime-msec": str(int(up * 1000)),
        "Session-Count": str(count),
        "Max-Sessions": str(switch.settings.max_sessions),
        "Session-Per-Sec": "100",
        "Session-Per-Sec-Last": "0",
        "Session-Per-Sec-Max": "0",
        "Session-Per-Sec-FiveMin": "0",
        "Session-Since-Startup": str(switch.total_sessions),
        "Session-Peak-Max": str(switch.peak_sessions),
        "Session-Peak-FiveMin": str(count),
        "Idle-CPU": "100.000000",
    }
    switch.bus.fire(switch.mint.make("HEARTBEAT", facts))
