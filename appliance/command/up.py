"""`pressline up`"""

import os
import sys
import threading
import time
from pathlib import Path

import click

from store.holding import alone

from ..checking import waiting_for
from ..errors import AlreadyRunning, ApplianceError
from ..home import Home
from ..log_lines import form_of
from ..metrics import restart_figures
from ..metrics.figures_file import keep_writing, path_of
from ..ports_free import taken_ports
from ..preparing import invitation, prepare
from ..programs import programs
from ..settings import Settings, load
from ..supervisor import Supervisor

READY_WITHIN = 60.0
"""Seconds until it is said what the box still waits for."""


@click.command
def command() -> None:
    """Start the box and keep it running in this terminal; Ctrl-C stops it."""
    settings = load()
    home = Home(settings.home.absolute()).make()
    other = f"another `pressline up` runs with {home.root}; stop it, or set PRESSLINE_HOME"
    with alone(home.root / "run" / "up.lock", AlreadyRunning(other)):
        if taken := taken_ports(settings):
            raise ApplianceError("The box cannot start:\n  " + "\n  ".join(taken))
        password = prepare(settings, home)
        environment = {**os.environ, "PRESSLINE_HOME": str(home.root), "PYTHONUNBUFFERED": "1"}
        form = form_of(settings)
        supervisor = Supervisor(programs(settings, home), environment, form=form)
        supervisor.start()
        keep_writing(
            path_of(home.root, "supervisor"), lambda: restart_figures.families(supervisor.restarts)
        )
        threading.Thread(target=_announce, args=(settings, home, password), daemon=True).start()
        supervisor.wait()


def _announce(settings: Settings, home: Home, password: str) -> None:
    if password:  # at once: the box may never become ready, and the panel tells why
        click.echo(invitation(password))
    deadline = time.monotonic() + READY_WITHIN
    while waiting := waiting_for(settings, home):
        if time.monotonic() > deadline:
            click.echo(f"Still waiting for: {', '.join(waiting)}. `pressline doctor` tells more.")
            deadline += READY_WITHIN
        time.sleep(0.2)
    where = settings.sip if settings.switch == "embedded" else "your FreeSWITCH"
    paper = settings.paper_name
    click.echo(
        f"\n{paper[:1].upper()}{paper[1:]} answers. Ctrl-C stops it.\n"
        f"  Call    sip:100@{where}\n"
        f'          or, in another terminal: {_ourselves()} call 100 --keys "1 1234#"\n'
        f"  Panel   http://{settings.panel}/\n"
        f"  Health  http://{settings.panel}/healthz\n" + (password and f"\n{invitation(password)}")
    )


def _ourselves() -> str:
    """How the person at the terminal called us: `.venv/bin/pressline` after `make run`."""
    called = sys.argv[0]
    return called if Path(called).name == "pressline" else "pressline"
