"""The home of a box that is measured, and what its processes find in their environment."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from appliance.home import Home
from appliance.opening import open_book
from appliance.settings import load
from store import database

WORKERS = 2
"""The usual number, and one for each core of the machine that the targets are for."""


def environment(home: Path, **settings: object) -> Mapping[str, str]:
    """With `settings` by their names, and none that this machine has for a box of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PRESSLINE_")}
    given = {"home": home, "workers": WORKERS, **settings}
    return clean | {f"PRESSLINE_{name.upper()}": str(value) for name, value in given.items()}


@contextmanager
def opened(home: Path) -> Iterator[Home]:
    """With its store open in this process; made where there is none yet."""
    settings = load(environment(home))
    open_book(settings, make=True)
    try:
        yield Home(settings.home)
    finally:
        database.disconnect()
