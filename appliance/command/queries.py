"""`pressline queries`"""

from pathlib import Path

import click

from .. import paper_file
from ..bus import tell_reload
from ..opening import open_book
from ..settings import load


@click.group
def command() -> None:
    """Take in or give out the paper's file: sources, queries, routes, mailboxes, people, rules."""


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def take_in(file: Path) -> None:
    """Keep what FILE holds: all of it or, with a mistake, nothing.

    SQLite files are sought from the folder of FILE. Routes, trunks and
    dialling rules, if given, replace all of theirs.
    """
    settings = load()
    text = file.read_text(encoding="utf-8")
    open_book(settings, make=True)
    taken = paper_file.take_in(text, str(file), country=settings.country)
    click.echo(str(taken))
    for note in taken.desk.notes:
        click.echo(note)
    click.echo(tell_reload(settings))


@command.command("export")
def give_out() -> None:
    """Print everything as YAML; *** stands for a password or a secret that is kept."""
    open_book(load(), make=True)
    click.echo(paper_file.give_out(), nl=False)
