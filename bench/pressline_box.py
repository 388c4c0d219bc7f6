"""Pressline's callbox as it ships, in a process of its own, on the switch that is measured."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from .controllers import running
from .errors import NotMeasured
from .exchange import BOX, BOX_ANSWERED, LOOP, Exchange
from .process_cpu import wait_until_idle

ROUTES = {BOX: "reference", BOX_ANSWERED: "reference", LOOP: "loop"}


@contextmanager
def pressline_box(at: Exchange) -> Iterator[int]:
    """The callbox's process id, once it takes calls and has its prompts ready."""
    home = at.prompts.parent / "box"
    home.mkdir()
    environment = {
        **os.environ,
        "PRESSLINE_HOME": str(home),
        "PRESSLINE_SWITCH": "freeswitch",
        "PRESSLINE_ESL": f"127.0.0.1:{at.switch.esl[1]}",
        "PRESSLINE_ESL_PASSWORD": at.switch.password,
        "PRESSLINE_SOCKET": f"127.0.0.1:{at.box_port}",
        "PRESSLINE_SIP": f"127.0.0.1:{at.sip[1]}",
    }
    _furnish(at, environment)
    command = [sys.executable, "-m", "appliance.callbox"]
    with running(command, at.box_port, environment) as pid:
        wait_until_idle(pid)
        yield pid


def _furnish(at: Exchange, environment: dict[str, str]) -> None:
    routes = [f"{number}={flow}" for number, flow in ROUTES.items()]
    told = subprocess.run(
        [sys.executable, "-m", "bench.furnishing", str(at.prompts), *routes],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    if told.returncode:
        raise NotMeasured(f"the box's flows could not be published: {told.stderr[-800:]}")
