"""`pressline queries`"""

from pathlib import Path

import click

from desk import interchange

from ..bus import tell_reload
from ..opening import open_book
from ..settings import load


@click.group
def command() -> None:
    """Take in or give out data sources, queries and routes as YAML."""


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def take_in(file: Path) -> None:
    """Keep what FILE holds: all of it or, with a mistake, nothing.

    SQLite files are sought from the folder of FILE. Routes, if given, replace the whole table.
    """
    settings = load()
    text = file.read_text(encoding="utf-8")
    open_book(settings, make=True)
    report = interchange.import_text(text, str(file))
    routes = "routes as they were" if report.routes is None else f"{report.routes} routes"
    click.echo(f"{report.sources} sources, {report.queries} queries, {routes}")
    for note in report.notes:
        click.echo(note)
    click.echo(tell_reload(settings))


@command.command("export")
def give_out() -> None:
    """Print everything as YAML; *** stands for a password that is kept."""
    open_book(load(), make=True)
    click.echo(interchange.export(), nl=False)
