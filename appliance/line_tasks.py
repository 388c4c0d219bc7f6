"""The switchboard's sidecar: what of it blocks. `python -m appliance.line_tasks N FD`."""

import sys
from collections.abc import Callable
from typing import Any

from store import database

from . import logs
from .settings import load
from .sidecar_child import serve


def main(threads: str, descriptor: str) -> None:
    logs.set_up()
    settings = load()
    database.connect(settings.store_url)
    tasks: dict[str, Callable[..., Any]] = {}
    serve(tasks, int(descriptor), int(threads))


if __name__ == "__main__":
    main(*sys.argv[1:])
