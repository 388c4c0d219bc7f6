"""Which processes make the box."""

import sys
from dataclasses import replace
from functools import partial

from .home import Home
from .left_calls import try_to_fetch
from .settings import Settings
from .supervisor import Program
from .web_phone import gateway_missing

PATIENCE = {"switch": 2.0, "callbox": 2.0, "worker": 60.0, "panel": 30.0, "webphone": 10.0}
"""Seconds without a sign of life after which a process is killed and started anew. While the
switch or the callbox hangs, callers hear nothing; a page of the panel may take its time."""


def programs(settings: Settings, home: Home) -> list[Program]:
    """In the order of starting."""

    def program(name: str, module: str, *arguments: str) -> Program:
        return Program(name, [sys.executable, "-m", module, *arguments], PATIENCE[name])

    callbox = program("callbox", "appliance.callbox")

    embedded = program("switch", "softswitch", "--config", str(home.switch_settings))
    web_phone = program("webphone", "softswitch.webrtc", "--config", str(home.web_phone_settings))
    return [
        *([embedded] if settings.switch == "embedded" else []),
        replace(callbox, when_ended=partial(try_to_fetch, settings)),
        program("worker", "appliance.worker"),
        program("panel", "appliance.panel"),
        *([] if gateway_missing(settings) else [web_phone]),
    ]
