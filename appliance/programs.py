"""Which processes make the box."""

import sys

from .home import Home
from .settings import Settings
from .supervisor import Program
from .web_phone import gateway_missing


def programs(settings: Settings, home: Home) -> list[Program]:
    """In the order of starting."""

    def program(name: str, module: str, *arguments: str) -> Program:
        return Program(name, [sys.executable, "-m", module, *arguments])

    embedded = program("switch", "softswitch", "--config", str(home.switch_settings))
    web_phone = program("webphone", "softswitch.webrtc", "--config", str(home.web_phone_settings))
    return [
        *([embedded] if settings.switch == "embedded" else []),
        program("callbox", "appliance.callbox"),
        program("worker", "appliance.worker"),
        program("panel", "appliance.panel"),
        *([] if gateway_missing(settings) else [web_phone]),
    ]
