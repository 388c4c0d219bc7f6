"""`pressline rollback`"""

import click

from store import flows

from ..opening import open_book
from ..publishing import announce
from ..settings import load


@click.command
@click.argument("flow")
def command(flow: str) -> None:
    """Make the version of FLOW that was live before live again."""
    settings = load()
    open_book(settings, make=True)
    version = flows.rollback(flow)
    click.echo(f"{flow}: version {version.number} is live again")
    click.echo(announce(settings, [version.id]))
