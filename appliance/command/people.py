"""`pressline people`"""

import click

from lines.dialling import Dialling
from lines.people import People, Person, Reached, records
from lines.people.entry import checked
from store.models.line import Door, NumberKind

from ..bus import tell_reload
from ..dialling import dialling
from ..opening import open_book
from ..settings import Settings, load
from ..step_line import one_line


@click.group(invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """List the people whom callers can be connected with, or change them."""
    if context.invoked_subcommand is None:
        settings = _open()
        door = dialling(settings)
        found = People(settings.phones).all()
        for person in found.values():
            click.echo(_line(person, door))
        if not found:
            click.echo("Nobody yet. `pressline people add` makes somebody.")


@command.command
@click.argument("name")
@click.option("--title", default="", help="What callers hear them called.")
@click.option("--language", type=click.Choice(["en", "zh", "yue"]), default="en")
@click.option("--mail", default="", help="Their mail address.")
@click.option("--phone", "phones", multiple=True, help="A desk phone; can be repeated.")
@click.option("--outside", multiple=True, help="A mobile or landline, tried after the phones.")
@click.option("--at-once", is_flag=True, help="Ring all numbers together.")
def add(
    name: str,
    title: str,
    language: str,
    mail: str,
    phones: tuple[str, ...],
    outside: tuple[str, ...],
    at_once: bool,
) -> None:
    """Make a person NAME. Ring times and confirmation are set in the paper's YAML file."""
    settings = _open()
    numbers = [{"kind": NumberKind.PHONE, "number": number} for number in phones]
    numbers += [{"kind": NumberKind.OUTSIDE, "number": number} for number in outside]
    facts = {"title": title, "language": language, "mail": mail, "at_once": at_once}
    entry = checked(settings.country, name=name, numbers=numbers, **facts)
    records.create(entry)
    click.echo(_line(entry, dialling(settings)))
    click.echo(tell_reload(settings))


@command.command
@click.argument("name")
def remove(name: str) -> None:
    """Take person NAME away."""
    settings = _open()
    records.remove(name)
    click.echo(f"{name} is gone. {tell_reload(settings)}")


def _open() -> Settings:
    settings = load()
    open_book(settings, make=True)
    return settings


def _line(person: Person, door: Dialling) -> str:
    numbers = (" + " if person.at_once else ", ").join(
        _shown(number, door) for number in person.numbers
    )
    return one_line(f"{person.name}  {numbers or 'no number'}  {person.title}").rstrip()


def _shown(number: Reached, door: Dialling) -> str:
    verdict = door.look(number.number, Door.DIAL, "")
    notes = [f"rings {number.ring_seconds:g} s"] if number.ring_seconds else []
    notes += ["confirms"] if number.asks else []
    notes += [] if verdict.ruling.allows else [f"refused: {verdict.ruling.detail}"]
    return f"{number.number} ({', '.join(notes)})" if notes else number.number
