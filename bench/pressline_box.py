"""Pressline's callbox as it ships, in a process of its own, on the switch that is measured."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from appliance.flow_files import FlowText
from appliance.home import Home
from appliance.opening import open_book
from appliance.publishing import publish
from appliance.settings import load
from store import database, routes

from .controllers import running
from .exchange import BOX, BOX_ANSWERED, LOOP, Exchange

FLOWS = [Path(__file__).parent / "flows" / name for name in ("reference.yaml", "loop.yaml")]
ROUTES = {BOX: "reference", BOX_ANSWERED: "reference", LOOP: "loop"}


@contextmanager
def pressline_box(at: Exchange) -> Iterator[int]:
    """The callbox's process id, once it takes calls."""
    home = at.prompts.parent / "box"
    environment = {
        "PRESSLINE_HOME": str(home),
        "PRESSLINE_SWITCH": "freeswitch",
        "PRESSLINE_ESL": f"127.0.0.1:{at.switch.esl[1]}",
        "PRESSLINE_ESL_PASSWORD": at.switch.password,
        "PRESSLINE_SOCKET": f"127.0.0.1:{at.box_port}",
        "PRESSLINE_SIP": f"127.0.0.1:{at.sip[1]}",
    }
    _furnish(Home(home).make(), at.prompts, environment)
    command = [sys.executable, "-m", "appliance.callbox"]
    with running(command, at.box_port, {**os.environ, **environment}) as pid:
        yield pid


def _furnish(home: Home, prompts: Path, environment: dict[str, str]) -> None:
    """Its recordings, its flows and its routes, published as an operator would."""
    for name in ("menu.wav", "ok.wav"):
        shutil.copy(prompts / name, home.own_prompts / name)
    settings = load(environment)
    book = open_book(settings, make=True)
    try:
        publish([FlowText.read(path) for path in FLOWS], settings, book, author="bench")
        routes.replace([{"number": number, "flow": flow} for number, flow in ROUTES.items()])
    finally:
        database.disconnect()
