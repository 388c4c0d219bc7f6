"""The switchboard's sidecar: what of it blocks. `python -m appliance.line_tasks N FD`."""

import sys
from collections.abc import Callable
from typing import Any

from lines.people import Directory, People
from store import database

from . import logs
from .callback_tasks import callback_tasks
from .conference_tasks import conference_tasks
from .dialling import dialling, dialling_tasks
from .expert_hour_tasks import expert_hour_tasks
from .expert_line_tasks import expert_line_tasks
from .home import Home
from .meeting_tasks import meeting_tasks
from .piece_tasks import piece_tasks
from .settings import load
from .sidecar_child import serve


def main(threads: str, descriptor: str) -> None:
    logs.set_up()
    settings = load()
    database.connect(settings.store_url)
    directory = Directory(People(settings.phones), dialling(settings))
    tasks: dict[str, Callable[..., Any]] = {
        **dialling_tasks(settings),
        **conference_tasks(Home(settings.home)),
        **expert_hour_tasks(settings.time_zone),
        **expert_line_tasks(settings),
        **piece_tasks(Home(settings.home)),
        **meeting_tasks(settings.time_zone),
        **callback_tasks(settings),
        "reach": directory.reach,
        "ready": lambda: None,
    }
    serve(tasks, int(descriptor), int(threads))


if __name__ == "__main__":
    main(*sys.argv[1:])
