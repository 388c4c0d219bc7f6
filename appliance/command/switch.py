"""`pressline switch`"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from provisioning.freeswitch.dry_start import dry_start
from store import database

from ..configuring import Outcome, configure, write_configuration
from ..home import Home
from ..settings import Settings, load
from ..switch_drift import drift_lines, state_lines
from ..switch_facts import switch_facts


@click.group
def command() -> None:
    """FreeSWITCH's configuration: written from the settings and the store, and taken up."""


@command.command
def render() -> None:
    """Write the files; a running FreeSWITCH is not told."""
    with _opened() as (settings, home):
        written = write_configuration(settings, home)
    place = home.switch_folder / "conf"
    click.echo(f"Written to {place}." if written else f"{place} is as it should be.")


@command.command
def apply() -> None:
    """Write the files, and have the running FreeSWITCH take them up. No call ends by it."""
    with _opened() as (settings, home):
        outcome = configure(settings, home, always=True)
    for line in _told(outcome):
        click.echo(line)
    if outcome.state != "applied":
        raise SystemExit(1)


@command.command
def check() -> None:
    """Write the files into a scratch folder, and start FreeSWITCH there, on ports of its own."""
    with _opened() as (settings, home):
        facts = switch_facts(settings, home)
    click.echo(dry_start(facts))


@command.command
def drift() -> None:
    """Tell where files, or the running FreeSWITCH, differ from what they ought to be."""
    with _opened() as (settings, home):
        lines = drift_lines(settings, home)
    for line in lines:
        click.echo(line)
    if lines:
        raise SystemExit(1)
    click.echo("Files and FreeSWITCH are as they should be.")


@command.command
def status() -> None:
    """Tell what the running FreeSWITCH has: profiles, and each trunk's state."""
    with _opened() as (settings, home):
        for line in state_lines(settings, home):
            click.echo(line)


@contextmanager
def _opened() -> Iterator[tuple[Settings, Home]]:
    settings = load()
    database.connect(settings.store_url)
    try:
        yield settings, Home(settings.home.absolute())
    finally:
        database.disconnect()


def _told(outcome: Outcome) -> Iterator[str]:
    yield "The files are new." if outcome.written else "The files were as they should be."
    if outcome.state == "away":
        yield f"FreeSWITCH takes them up when it starts ({outcome.reason})."
    elif outcome.state == "not ours":
        yield "FreeSWITCH runs with another configuration, and was left alone: docs/freeswitch.md."
    elif outcome.applied:
        done = outcome.applied
        yield "FreeSWITCH has taken them up."
        if done.added or done.removed:
            yield f"Trunks made: {_names(done.added)}; taken away: {_names(done.removed)}."
        yield from (f"Needs a restart: {told}" for told in outcome.restart)


def _names(names: Sequence[str]) -> str:
    return ", ".join(names) if names else "none"
