"""A switch and its gateway on free ports, for tests."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from softswitch.settings import parse_settings
from softswitch.switch import Switch
from softswitch.webrtc.gateway import Gateway
from softswitch.webrtc.passes import Pass, issue
from softswitch.webrtc.settings import parse_gateway_settings
from tests.listening import tone
from tests.softswitch.webrtc.web_phone import PAGE

KEY = "a key of the tests"
PROMPT = 697.0
"""Hz of what the switch plays on 100."""


def a_pass(number: str = "200", name: str = "Anna Arndt", life: int = 600) -> Pass:
    return issue(KEY, number, name, int(time.time()) + life)


@dataclass
class Desk:
    switch: Switch
    gateway: Gateway

    @property
    def port(self) -> int:
        return self.gateway.port


@asynccontextmanager
async def desk(folder: Path, **given: Any) -> AsyncIterator[Desk]:
    """100 plays a tone, waits for a key and records; 101 echoes. `given`: of the gateway."""
    prompt = folder / "prompt.wav"
    soundfile.write(prompt, np.asarray(tone(PROMPT, 2.0)), 8000)
    switch = Switch(parse_settings(_switch_settings(folder, prompt)))
    await switch.start()
    host, port = switch.agent.address
    facts = {"host": "127.0.0.1", "port": 0, "key": KEY, "origins": [PAGE]}
    where = {"switch_host": host, "switch_port": port}
    gateway = Gateway(parse_gateway_settings(facts | where | given))
    await gateway.start()
    try:
        yield Desk(switch, gateway)
    finally:
        await gateway.stop()
        await switch.stop()


def _switch_settings(folder: Path, prompt: Path) -> dict[str, Any]:
    menu = f"1 1 1 30000 # {prompt} {prompt} choice \\d"
    return {
        "sip": {"port": 0},
        "event_socket": {"port": 0, "password": "secret"},
        "extension": [
            {
                "match": "^100$",
                "actions": [
                    ["answer", ""],
                    ["play_and_get_digits", menu],
                    ["set", "playback_terminators=#"],
                    ["record", f"{folder}/${{choice}}.wav 30"],
                    ["hangup", "NORMAL_CLEARING"],
                ],
            },
            {"match": "^101$", "actions": [["answer", ""], ["echo", ""]]},
            {"match": "^102$", "actions": [["hangup", "USER_BUSY"]]},
        ],
    }
