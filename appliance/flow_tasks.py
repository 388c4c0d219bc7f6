"""The panel's sidecar for flows. `python -m appliance.flow_tasks N FD`."""

import resource
import sys
from collections.abc import Callable
from typing import Any

from store import database

from . import logs
from .panel_parts.flow_work import FlowWork
from .settings import load
from .sidecar_child import serve

MOST_MEMORY = 4 << 30
"""Bytes of address space: a text that takes more fails alone, not the machine."""


def main(threads: str, descriptor: str) -> None:
    logs.set_up()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    settings = load()
    database.connect(settings.store_url)
    work = FlowWork(settings)
    tasks: dict[str, Callable[..., Any]] = {
        "check": work.check,
        "mistakes": work.mistakes,
        "words": work.words,
        "rehearse": work.rehearse,
        "announce": work.announce,
    }
    serve(tasks, int(descriptor), int(threads))


if __name__ == "__main__":
    main(*sys.argv[1:])
