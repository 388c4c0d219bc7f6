"""`pressline alarms`"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click

from ..alarms.ledger import Ledger
from ..alarms.standing import FOREVER, Standing
from ..settings import Settings, load
from ..step_line import one_line

KIND = click.argument("kind")


@click.group(invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """List what needs a person, or keep it from being told again."""
    if context.invoked_subcommand:
        return
    settings = load()
    standing = [alarm for alarm in Ledger(settings.home).standing.values() if not alarm.gone]
    for alarm in standing:
        click.echo(f"{alarm.kind}: {one_line(alarm.text)}{_about(alarm, settings)}")
    if not standing:
        click.echo("Nothing needs a person.")


@command.command
@KIND
@click.option("--hours", type=click.FloatRange(0, 24 * 365), default=8.0, show_default=True)
def silence(kind: str, hours: float) -> None:
    """Tell nobody of KIND for some hours; 0: tell it again."""
    with _alarm(kind) as alarm:
        alarm.silent = time.time() + hours * 3600
    click.echo(f"{kind} is not told for {hours:g} hours")


@command.command
@KIND
def acknowledge(kind: str) -> None:
    """Somebody sees to KIND: tell nobody again until it is over."""
    with _alarm(kind) as alarm:
        alarm.silent = FOREVER
    click.echo(f"{kind} is not told again until it is over")


@contextmanager
def _alarm(kind: str) -> Iterator[Standing]:
    with Ledger(load().home).alone() as ledger:
        if kind not in ledger.standing:
            known = ", ".join(ledger.standing) or "none"
            raise click.ClickException(f"there is no alarm {kind!r}; those that stand: {known}")
        yield ledger.standing[kind]


def _about(alarm: Standing, settings: Settings) -> str:
    since = f"since {_when(alarm.since, settings)}"
    if not alarm.is_silent(time.time()):
        return f" ({since})"
    if alarm.silent == FOREVER:
        return f" ({since}; somebody sees to it)"
    return f" ({since}; not told until {_when(alarm.silent, settings)})"


def _when(at: float, settings: Settings) -> str:
    return f"{datetime.fromtimestamp(at, settings.time_zone):%Y-%m-%d %H:%M}"
