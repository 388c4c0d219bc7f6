"""`pressline mailboxes`"""

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click

from store import gates, pins
from store.models.mailbox import GreetingKind
from voicemail import boxes
from voicemail.boxes import listing, records
from voicemail.boxes.entry import checked
from voicemail.boxes.lookup import as_box, known
from voicemail.errors import GreetingRefused, PinRefused
from voicemail.housekeeping import export
from voicemail.ports import Box

from ..bus import tell_reload
from ..home import Home
from ..opening import open_book
from ..settings import Settings, load
from ..step_line import one_line

PIN = click.option("--pin", default="", help="4 to 12 digits; without it, one is made up.")


@click.group(invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """List the mailboxes with what lies in them, or change them."""
    if context.invoked_subcommand is None:
        settings = _open()
        found = listing.mailboxes(datetime.now(UTC))
        for listed in found:
            click.echo(_line(listed, settings))
        if not found:
            click.echo("No mailboxes yet. `pressline mailboxes add` makes one.")


@command.command
@click.argument("name")
@click.option("--title", default="", help="What callers hear it called.")
@click.option("--number", "numbers", multiple=True, help="A number to key for it; can be repeated.")
@click.option("--language", type=click.Choice(["en", "zh", "yue"]), default="en")
@click.option("--mail", "mails", multiple=True, help="Who gets each message; can be repeated.")
@click.option("--phone", "phones", multiple=True, help="Desk phone whose lamp shows it.")
@click.option("--shared", is_flag=True, help="Several people share it.")
@PIN
def add(
    name: str,
    title: str,
    numbers: tuple[str, ...],
    language: str,
    mails: tuple[str, ...],
    phones: tuple[str, ...],
    shared: bool,
    pin: str,
) -> None:
    """Make a mailbox NAME; its PIN is shown once."""
    settings = _open()
    entry = checked(
        name=name,
        title=title,
        numbers=numbers,
        language=language,
        phones=phones,
        shared=shared,
        mail=[{"to": address} for address in mails],
    )
    if pin and (why := pins.fault(pin, numbers)):
        raise PinRefused(why)
    records.create(entry)
    _give_pin(_box(name), pin)
    click.echo(tell_reload(settings))


@command.command
@click.argument("name")
@click.option("--with-messages", is_flag=True, help="Delete its messages too.")
def remove(name: str, with_messages: bool) -> None:
    """Take mailbox NAME away."""
    settings = _open()
    records.remove(name, with_messages=with_messages)
    click.echo(f"Mailbox {name} is gone. {tell_reload(settings)}")


@command.command("pin")
@click.argument("name")
@PIN
def new_pin(name: str, pin: str) -> None:
    """Give mailbox NAME a new PIN, shown once; its lock opens."""
    _open()
    _give_pin(_box(name), pin)


@command.command
@click.argument("name")
@click.argument("kind", type=click.Choice(list(GreetingKind)))
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--text", default="", help="Words to be spoken, in place of FILE.")
def greeting(name: str, kind: str, file: Path | None, text: str) -> None:
    """Set what callers of mailbox NAME hear: a sound FILE of any format, or words."""
    settings = _open()
    if file and not text:
        boxes.set_greeting(Home(settings.home).voicemail, _box(name), kind, file)
    elif text and not file:
        boxes.set_greeting_text(_box(name), kind, text)
    else:
        raise GreetingRefused("expected either a sound file or --text")
    click.echo(f"Callers of {name} hear the new greeting from their next call on.")


@command.command("export")
@click.argument("name")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def give_out(name: str, file: Path) -> None:
    """Write all messages of mailbox NAME, with an index, to a ZIP FILE."""
    settings = _open()
    with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as into:
        try:
            count = export(Home(settings.home).voicemail, name, into, settings.time_zone)
            os.replace(into.name, file)
        except BaseException:
            Path(into.name).unlink(missing_ok=True)
            raise
    click.echo(f"{count} messages are in {file}.")


@command.command
@click.argument("name")
def unlock(name: str) -> None:
    """Open mailbox NAME after too many wrong PINs."""
    _open()
    was_locked = gates.unlock(_box(name).name)
    click.echo(f"{name} is open." if was_locked else f"{name} was not locked.")


def _open() -> Settings:
    settings = load()
    open_book(settings, make=True)
    return settings


def _box(name: str) -> Box:
    return as_box(known(name))


def _give_pin(box: Box, pin: str) -> None:
    if not pin:
        click.echo(f"The PIN of {box.name} is {boxes.new_pin(box)}. It is not shown again.")
        return
    if why := boxes.set_pin(box, pin):
        raise PinRefused(why)
    gates.unlock(box.name)
    click.echo(f"{box.name} has the PIN that you gave.")


def _line(listed: listing.Listed, settings: Settings) -> str:
    counts, box = listed.counts, listed.box
    urgent = f" ({counts.urgent_new} urgent)" if counts.urgent_new else ""
    pin = "" if box.has_pin else "  no PIN"
    if listed.locked_until:
        pin = f"  locked until {listed.locked_until.astimezone(settings.time_zone):%H:%M:%S}"
    numbers = ", ".join(listed.numbers) or "no number"
    lies = f"{counts.new} new{urgent}, {counts.saved} saved"
    return one_line(f"{box.name}  {numbers}  {lies}  {box.title}{pin}").rstrip()
