"""`pressline store`"""

import click

from store.moving import move as move_store

from ..errors import ApplianceError
from ..home import Home
from ..pulse import read
from ..setting_types import without_password
from ..settings import Settings, load

PARTS = ("callbox", "worker")
"""Those that write all the time."""


@click.group
def command() -> None:
    """Move the store from its file to a PostgreSQL server."""


@command.command
@click.argument("url", metavar="postgresql://USER@HOST/DATABASE")
def move(url: str) -> None:
    """Copy every row to an empty database, and compare; the box must be stopped."""
    settings = load()
    _refuse_unless_possible(settings, url)
    moved = move_store(Home(settings.home.absolute()).root / "pressline.db", url)
    click.echo(
        f"{sum(moved.values())} rows of {len(moved)} tables are in {without_password(url)}, and "
        "compared. The file is as it was. Now say in pressline.toml\n"
        f'  database = "{without_password(url)}"\n'
        "with its password, and start the box."
    )


def _refuse_unless_possible(settings: Settings, url: str) -> None:
    if settings.database:
        raise ApplianceError(
            f"the store is at {without_password(settings.database)} already, not in a file"
        )
    if not url.startswith(("postgresql://", "postgres://")):
        raise ApplianceError(
            f"{without_password(url)}: expected postgresql://user@host/database (docs/growing.md)"
        )
    alive = [part for part in PARTS if read(settings.home, part).alive]
    if alive:
        raise ApplianceError(f"the box runs ({', '.join(alive)}); stop it first")
