"""`pressline restore`"""

import os
from pathlib import Path

import click

from provisioning.backup.places import Places
from provisioning.backup.restoring import restore
from provisioning.backup.verifying import LATEST

from .. import pulse
from ..errors import AlreadyRunning
from ..settings import PREFIX, Settings, load

PROCESSES = ("callbox", "worker", "panel")


@click.command
@click.argument("snapshot", default=LATEST)
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    help="The home to restore into; without it the one of PRESSLINE_HOME.",
)
@click.option(
    "--replace", is_flag=True, help="Move aside what is there, and put this in its place."
)
@click.option("--store-only", is_flag=True, help="Leave all files, bring back only the store.")
def command(snapshot: str, into: Path | None, replace: bool, store_only: bool) -> None:
    """Bring back a backup (`pressline backup list`; without SNAPSHOT the last one).

    The target and its key are taken from the settings: PRESSLINE_BACKUP_TARGET and
    PRESSLINE_BACKUP_PASSWORD on a box that has none yet.
    """
    settings = load() if into is None else load({**os.environ, f"{PREFIX}HOME": str(into)})
    settings.home.mkdir(parents=True, exist_ok=True)
    _assert_stopped(settings)
    places = Places(settings.home.absolute())
    done = restore(settings, places, snapshot, replace=replace, store_only=store_only)
    click.echo(
        f"Restored what was there at {done.made_at}: {done.proven.tables} tables with "
        f"{done.proven.rows} rows, {done.proven.files} files."
    )
    if done.aside:
        click.echo(f"What was here before is in {done.aside}; remove it when you need it no more.")
    click.echo("Start the box, then let `pressline doctor` and `pressline ledger` look.")


def _assert_stopped(settings: Settings) -> None:
    alive = [name for name in PROCESSES if pulse.read(settings.home, name).alive]
    if alive:
        raise AlreadyRunning(
            f"the box runs ({', '.join(alive)}); stop it first: systemctl stop pressline.target, "
            "or Ctrl-C where `pressline up` runs"
        )
