"""`pressline callbacks`"""

import click

from lines.callbacks import ledger
from store.fields import now
from store.models import Callback

from ..asking import ask
from ..errors import BoxSilent, WishRefused
from ..opening import open_book
from ..settings import Settings, load
from ..step_line import one_line


@click.group(invoke_without_command=True)
@click.option("--all", "everything", is_flag=True, help="Those that are over, too.")
@click.option(
    "--last", type=click.IntRange(1, 1_000), default=50, show_default=True, help="How many."
)
@click.pass_context
def command(context: click.Context, everything: bool, last: int) -> None:
    """List the calls that are owed to somebody, or change them."""
    if context.invoked_subcommand:
        return
    settings = _open()
    for row in ledger.newest(last, only_open=not everything):
        click.echo(_row(row, settings))


@command.command("now")
@click.argument("number", type=int)
def bring_forward(number: int) -> None:
    """Have call-back NUMBER placed now, if its hours allow it."""
    settings = _open()
    ledger.bring_forward(number, now())
    _tell(settings, "callbacks.look")
    click.echo(f"call-back {number} is due now")


@command.command
@click.argument("number", type=int)
def cancel(number: int) -> None:
    """Let nobody be called for call-back NUMBER; a phone that rings for it stops."""
    settings = _open()
    if ledger.cancel(number, now()):
        _tell(settings, "callbacks.withdraw", callback=number)
    click.echo(f"call-back {number} is cancelled")


def _tell(settings: Settings, verb: str, **given: int) -> None:
    """The callbox looks for itself every few seconds; one that is away has nothing to stop."""
    try:
        ask(settings, verb, **given)
    except (BoxSilent, WishRefused) as error:
        click.echo(f"the box was not told: {error}", err=True)


def _open() -> Settings:
    settings = load()
    open_book(settings, make=True)
    return settings


def _row(row: Callback, settings: Settings) -> str:
    moment = (row.ended_at or row.next_at).astimezone(settings.time_zone)
    tried = f"{row.attempts} of {row.most_attempts}"
    told = ", ".join(word for word in (row.outcome, row.reason) if word)
    facts = f"{row.number}  {row.flow}  tried {tried}{f': {told}' if told else ''}"
    return one_line(f"{row.id:>5}  {row.state:<9}  {moment:%Y-%m-%d %H:%M}  {facts}")
