"""`pressline dialling`"""

import click

from lines.dialling import Verdict, attempts
from store.models import DialAttempt
from store.models.line import DialState, Door

from ..dialling import dialling
from ..opening import open_book
from ..settings import Settings, load
from ..step_line import one_line


@click.group
def command() -> None:
    """Tell what may be dialled and why, and what was."""


@command.command("try")
@click.argument("number")
@click.option("--door", type=click.Choice(list(Door)), default=Door.DIAL, help="From where.")
@click.option("--asked-by", default="", help="The caller, mailbox or person who asks.")
@click.pass_context
def attempt(context: click.Context, number: str, door: str, asked_by: str) -> None:
    """Tell whether NUMBER would be dialled now. Ends with 1 if not; nothing is dialled."""
    verdict = dialling(_open()).look(number, Door(door), asked_by)
    for line in _lines(verdict):
        click.echo(line)
    context.exit(0 if verdict.ruling.allows else 1)


@command.command
@click.option("--refused", is_flag=True, help="Only those that were refused.")
@click.option(
    "--last", type=click.IntRange(1, 1_000), default=20, show_default=True, help="How many."
)
def log(refused: bool, last: int) -> None:
    """List what was dialled or refused, newest first."""
    settings = _open()
    for row in attempts.newest(last, DialState.REFUSED if refused else None):
        click.echo(_row(row, settings))


def _open() -> Settings:
    settings = load()
    open_book(settings, make=True)
    return settings


def _lines(verdict: Verdict) -> list[str]:
    number, ruling = verdict.number, verdict.ruling
    written = f"{number.digits} {number.region}".rstrip() if number else "as given"
    trunks = ", ".join(trunk.name for trunk in verdict.trunks)
    said = "allowed" if ruling.allows else f"refused: {ruling.detail}"
    return [
        f"number  {written}",
        f"class   {verdict.cost}",
        f"rule    {ruling.rule or 'none'}",
        f"trunk   {trunks or 'none'}",
        said,
    ]


def _row(row: DialAttempt, settings: Settings) -> str:
    at = row.at.astimezone(settings.time_zone)
    asked = f"  for {row.asked_by}" if row.asked_by else ""
    said = row.reason or row.outcome
    facts = f"{row.number}  {row.cost_class}  {row.door}{asked}  {row.state}"
    return one_line(f"{at:%Y-%m-%d %H:%M:%S}  {facts}{f': {said}' if said else ''}")
