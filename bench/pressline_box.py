"""Pressline's callbox as it ships, in a process of its own, on the switch that is measured."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .box_home import environment
from .controllers import running
from .errors import NotMeasured
from .exchange import BOX, BOX_ANSWERED, LISTEN, LOOP, MESSAGE, Exchange
from .process_cpu import wait_until_idle

CALLS = {BOX: "reference", BOX_ANSWERED: "reference", LOOP: "loop"}
MESSAGES = {MESSAGE: "message", LISTEN: "listen", LOOP: "loop"}
"""Flows by the numbers that lead to them."""


@contextmanager
def pressline_box(at: Exchange, routes: Mapping[str, str] = CALLS) -> Iterator[int]:
    """The callbox's process id, once it takes calls and has its prompts ready."""
    home_at(at).mkdir()
    given = surroundings(at)
    _furnish(at, routes, given)
    command = [sys.executable, "-m", "appliance.callbox"]
    with running(command, at.box_port, given) as pid:
        wait_until_idle(pid)
        yield pid


def home_at(at: Exchange) -> Path:
    """Of the box on this switch."""
    return at.prompts.parent / "box"


def surroundings(at: Exchange, **settings: object) -> Mapping[str, str]:
    """What a process of the box on this switch finds in its environment."""
    return environment(
        home_at(at),
        switch="freeswitch",
        esl=f"127.0.0.1:{at.switch.esl[1]}",
        esl_password=at.switch.password,
        socket=f"127.0.0.1:{at.box_port}",
        sip=f"127.0.0.1:{at.sip[1]}",
        **settings,
    )


def _furnish(at: Exchange, routes: Mapping[str, str], given: Mapping[str, str]) -> None:
    words = [f"{number}={flow}" for number, flow in routes.items()]
    told = subprocess.run(
        [sys.executable, "-m", "bench.furnishing", str(at.prompts), *words],
        env=given,
        capture_output=True,
        text=True,
        timeout=60,
    )
    if told.returncode:
        raise NotMeasured(f"the box's flows could not be published: {told.stderr[-800:]}")
