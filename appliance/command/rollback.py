"""`pressline rollback`"""

import click

from store import flows
from store.errors import StoreError

from ..bus import tell_reload
from ..errors import ApplianceError
from ..opening import open_book
from ..settings import load


@click.command
@click.argument("flow")
def command(flow: str) -> None:
    """Make the version of FLOW that was live before live again."""
    settings = load()
    open_book(settings, make=True)
    try:
        version = flows.rollback(flow)
    except StoreError as error:
        raise ApplianceError(str(error)) from error
    click.echo(f"{flow}: version {version.number} is live again")
    click.echo(tell_reload(settings))
