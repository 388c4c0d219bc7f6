"""`pressline publish`"""

import getpass
from pathlib import Path

import click

from ..opening import open_book
from ..publishing import announce, publish
from ..settings import load
from .check import read_flows


@click.command
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--note", default="", help="Why, for those who read the versions later.")
def command(files: tuple[Path, ...], note: str) -> None:
    """Check FILES, run their test calls, and make them live.

    Calls in progress finish on the versions that they began with.
    """
    settings = load()
    book = open_book(settings, make=True)
    published = publish(read_flows(files), settings, book, author=getpass.getuser(), note=note)
    for done in published:
        state = "is live" if done.changed else "was live already"
        click.echo(f"{done.flow}: version {done.version} {state}, {done.tests} test calls passed")
    click.echo(announce(settings, [done.version_id for done in published]))
