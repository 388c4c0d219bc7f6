"""`pressline meetings`"""

from datetime import datetime

import click

from ivr_flows.ports import Role
from lines.meetings import listing, mails
from lines.meetings.diary import Diary
from lines.meetings.entry import checked_guest, checked_meeting
from store.fields import now

from ..asking import ask
from ..errors import ApplianceError
from ..opening import open_book
from ..settings import Settings, load
from .meeting_lines import guest_lines, meeting_line

MOMENT = click.DateTime(["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"])
"""Local time of the paper."""


@click.group(invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """List the meetings to come, or make, move and cancel them."""
    if context.invoked_subcommand is None:
        _list(_open(), everything=False)


@command.command("list")
@click.option("--all", "everything", is_flag=True, help="Also those that are over or cancelled.")
def list_(everything: bool) -> None:
    """List the meetings to come, the next one first."""
    _list(_open(), everything)


@command.command
@click.argument("title")
@click.option("--room", required=True, help="The conference room, by its name or number.")
@click.option("--at", type=MOMENT, required=True, help='The start: "2027-05-03 15:00".')
@click.option("--minutes", type=int, default=60, show_default=True, help="How long it lasts.")
@click.option("--organiser", default="", help="A person of the paper, by name.")
@click.option("--language", type=click.Choice(["en", "zh", "yue"]), default="en")
def add(title: str, room: str, at: datetime, minutes: int, organiser: str, language: str) -> None:
    """Make a meeting TITLE; its guests come next."""
    settings = _open()
    entry = checked_meeting(
        title=title,
        room=room,
        starts_at=at.replace(tzinfo=settings.time_zone),
        minutes=minutes,
        organiser=organiser,
        language=language,
    )
    number = Diary(settings.time_zone).add(entry)
    click.echo(f"Meeting {number}. `pressline meetings guest {number} …` asks somebody to it.")


@command.command
@click.argument("meeting", type=int)
@click.option("--person", default="", help="A person of the paper, by name.")
@click.option("--number", default="", help="Or a number …")
@click.option("--mail", default="", help="… a mail address, or both.")
@click.option("--name", default="", help="What lists and mails call them.")
@click.option("--role", type=click.Choice(list(Role)), default=Role.SPEAKER, show_default=True)
@click.option("--call-before", type=int, default=0, help="Remind by phone, minutes before.")
@click.option("--mail-before", type=int, default=0, help="Remind by mail, minutes before.")
@click.option("--dial-out", is_flag=True, help="Call them when it begins.")
def guest(meeting: int, **facts: object) -> None:
    """Ask somebody to MEETING. Who has a mail address is invited at once."""
    settings = _open()
    Diary(settings.time_zone).ask(meeting, checked_guest(settings.country, **facts))
    _show(settings, meeting)
    _tell_box(settings)


@command.command
@click.argument("meeting", type=int)
@click.argument("guest", type=int)
def dismiss(meeting: int, guest: int) -> None:
    """Ask GUEST to MEETING no more; the number is that of `show`."""
    settings = _open()
    Diary(settings.time_zone).dismiss(meeting, guest)
    _show(settings, meeting)
    _tell_box(settings)


@command.command
@click.argument("meeting", type=int)
@click.option("--at", type=MOMENT, required=True, help='The new start: "2027-05-03 15:00".')
@click.option("--minutes", type=int, default=None, help="How long it lasts, if not as before.")
def move(meeting: int, at: datetime, minutes: int | None) -> None:
    """Move MEETING to another time; who was told is told anew."""
    settings = _open()
    Diary(settings.time_zone).move(meeting, at.replace(tzinfo=settings.time_zone), minutes)
    _show(settings, meeting)
    _tell_box(settings)


@command.command
@click.argument("meeting", type=int)
def cancel(meeting: int) -> None:
    """Cancel MEETING: nobody is called, who was told is told."""
    settings = _open()
    Diary(settings.time_zone).cancel(meeting)
    click.echo(f"Meeting {meeting} is cancelled.")
    _tell_box(settings)


@command.command
@click.argument("meeting", type=int)
def show(meeting: int) -> None:
    """Show MEETING: who comes, what was done for each guest, and what will be."""
    _show(_open(), meeting)


def _open() -> Settings:
    settings = load()
    open_book(settings, make=True)
    return settings


def _list(settings: Settings, everything: bool) -> None:
    found = listing.everything() if everything else listing.coming(now())
    for each in found:
        click.echo(meeting_line(each.meeting, settings.time_zone, each.guests))
    if not found:
        click.echo("No meetings. `pressline meetings add` makes one.")


def _show(settings: Settings, meeting: int) -> None:
    told = listing.meeting(meeting)
    asked = sum(not each.guest.dismissed for each in told.guests)
    click.echo(meeting_line(told.meeting, settings.time_zone, asked))
    for guest in told.guests:
        for line in guest_lines(guest, settings):
            click.echo(f"  {line}")


def _tell_box(settings: Settings) -> None:
    """Have what is due done at once; without this it is found a little later."""
    if due := mails.due(now(), ""):
        from ..jobs import tell_of_meeting  # opens the queue in the home

        for errand in due:
            tell_of_meeting(errand)
    try:
        ask(settings, "meetings.changed")
    except ApplianceError as error:
        click.echo(f"The box will see to it when it runs ({error}).")
