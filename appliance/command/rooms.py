"""`pressline rooms`"""

from typing import Any

import click

from ivr_flows.ports import Role
from lines.rooms import recordings, records
from lines.rooms.entry import checked
from lines.rooms.lookup import rooms
from lines.rooms.ports import RoomFacts
from lines.rooms.signing_in import new_pin, set_pin, take_pin
from store.models.room import Announce

from ..bus import tell_reload
from ..opening import open_book
from ..settings import Settings, load
from ..step_line import one_line
from .live_rooms import COMMANDS

ROLE = click.argument("role", type=click.Choice(list(Role)))


@click.group(invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """List the conference rooms, change them, and steer those that are live."""
    if context.invoked_subcommand is None:
        _open()
        found = rooms()
        for room in found:
            click.echo(_line(room))
        if not found:
            click.echo("No conference rooms yet. `pressline rooms add` makes one.")


for each in COMMANDS:
    command.add_command(each)


@command.command
@click.argument("name")
@click.option("--title", default="", help="What callers hear it called.")
@click.option("--number", "numbers", multiple=True, help="A number to key for it; can be repeated.")
@click.option("--language", type=click.Choice(["en", "zh", "yue"]), default="en")
@click.option("--open", "open_to", type=click.Choice(["listener", "speaker"]), default=None,
              help="As what callers come in without a PIN.")  # fmt: skip
@click.option("--wait", is_flag=True, help="Nobody hears anybody until a moderator comes.")
@click.option("--ends", is_flag=True, help="It ends when the last moderator leaves.")
@click.option("--announce", type=click.Choice(list(Announce)), default=Announce.TONE,
              help="How the others hear who comes and leaves.")  # fmt: skip
@click.option("--muted", is_flag=True, help="Speakers come in muted, and unmute themselves.")
@click.option("--most", default=50, show_default=True, help="Most members at once.")
@click.option("--record", is_flag=True, help="Record all that is said; everybody is told.")
@click.option("--music", default="", help="Own recording for who is alone or waits.")
def add(name: str, open_to: str | None, wait: bool, ends: bool, most: int, **facts: Any) -> None:
    """Make a conference room NAME; its PINs are shown once."""
    settings = _open()
    entry = checked(
        name=name,
        open=open_to or "",
        wait_for_moderator=wait,
        ends_with_moderator=ends,
        most_members=most,
        **facts,
    )
    records.create(entry)
    for role in (Role.SPEAKER, Role.MODERATOR):
        click.echo(f"The PIN of a {role} of {name} is {new_pin(name, role)}.")
    click.echo(f"They are not shown again. {tell_reload(settings)}")


@command.command
@click.argument("name")
def remove(name: str) -> None:
    """Take conference room NAME away; what was recorded there stays."""
    settings = _open()
    records.remove(name)
    click.echo(f"Room {name} is gone. {tell_reload(settings)}")


@command.command
@click.argument("name")
@ROLE
@click.option("--pin", default="", help="4 to 12 digits; without it, one is made up.")
@click.option("--none", "no_pin", is_flag=True, help="Nobody comes in as that by a PIN any more.")
def pin(name: str, role: str, pin: str, no_pin: bool) -> None:
    """Give a ROLE of room NAME a new PIN, shown once; the room's lock for wrong PINs opens."""
    _open()
    as_role = Role(role)
    if no_pin:
        take_pin(name, as_role)
        click.echo(f"No PIN lets anybody into {name} as {role} any more.")
    elif pin:
        set_pin(name, as_role, pin)
        click.echo(f"A {role} of {name} has the PIN that you gave.")
    else:
        click.echo(f"The PIN of a {role} of {name} is {new_pin(name, as_role)}.")


@command.command("recordings")
@click.argument("name")
def recorded(name: str) -> None:
    """List what was recorded in room NAME, newest first."""
    settings = _open()
    for row in recordings.of_room(name):
        at = row.begun_at.astimezone(settings.time_zone)
        click.echo(f"{at:%Y-%m-%d %H:%M:%S}  {row.seconds:.0f} s  {row.path}")


def _open() -> Settings:
    settings = load()
    open_book(settings, make=True)
    return settings


def _line(room: RoomFacts) -> str:
    numbers = ", ".join(room.numbers) or "no number"
    pins = [f"{role} by PIN" for role in Role if role in room.pins]
    opened = [f"{room.open} without"] if room.open else []
    ways = ", ".join([*pins, *opened]) or "nobody comes in"
    return one_line(f"{room.name}  {numbers}  {ways}  {room.title}").rstrip()
