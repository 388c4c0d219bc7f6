"""`pressline experts`"""

from datetime import datetime
from typing import Any

import click

from lines.experts import records, sessions
from lines.experts.entry import checked_line, checked_session
from lines.experts.late_listing import listed
from lines.experts.signing_in import new_pins

from ..bus import tell_reload
from ..expert_line_tasks import owing_of
from ..opening import open_book
from ..settings import Settings, load
from .expert_hour import live
from .expert_lists import late_line, line_line, pins_lines, session_facts, session_line

MOMENT = click.DateTime(["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"])
"""Local time of the paper."""
AT = click.option("--at", type=MOMENT, required=True, help='The start: "2027-05-03 19:00".')


@click.group(invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """List the lines on which experts answer callers, and plan their sessions."""
    if context.invoked_subcommand is None:
        _open()
        found = records.entries()
        for entry in found.values():
            click.echo(line_line(entry))
        if not found:
            click.echo("No expert lines yet. `pressline experts add-line` makes one.")


command.add_command(live)


@command.command
@click.argument("name")
@click.option("--title", default="", help="What callers hear it called.")
@click.option("--language", type=click.Choice(["en", "zh", "yue"]), default="en")
@click.option("--mailbox", default="", help="Takes questions outside the hour.")
def add_line(name: str, title: str, language: str, mailbox: str) -> None:
    """Make a line NAME. Hours of its call-backs are set in the paper's YAML file."""
    settings = _open()
    entry = checked_line(name=name, title=title, language=language, mailbox=mailbox)
    records.create(entry)
    click.echo(f"{line_line(entry)}\n{tell_reload(settings)}")


@command.command
@click.argument("name")
def remove_line(name: str) -> None:
    """Take line NAME away; one with sessions stays."""
    settings = _open()
    records.remove(name)
    click.echo(f"{name} is gone. {tell_reload(settings)}")


@command.command
@click.argument("line")
@click.argument("topic")
@AT
@click.option("--expert", required=True, help="A person of the paper, by name.")
@click.option("--host", default="", help="Another one.")
@click.option("--minutes", type=int, default=60, show_default=True, help="How long it lasts.")
@click.option("--introduction", default="", help="Callers hear it first; else topic and expert.")
@click.option("--consent", default="", help="In place of the usual words about recording.")
@click.option("--language", "languages", multiple=True, help="Of callers; can be repeated.")
@click.option("--listeners", type=int, default=300, show_default=True, help="Most callers at once.")
@click.option("--record/--no-record", default=True, help="Keep questions and answers.")
@click.option("--call-expert/--expert-calls-in", default=True, help="Who calls whom.")
@click.option("--jingle", default="", help="One of the paper's own recordings, by name.")
def schedule(line: str, topic: str, at: datetime, **facts: Any) -> None:
    """Plan a session on LINE about TOPIC; its PINs are shown once."""
    settings = _open()
    starts_at = at.replace(tzinfo=settings.time_zone)
    number = sessions.schedule(
        checked_session(line=line, topic=topic, starts_at=starts_at, **facts)
    )
    click.echo(session_line(sessions.known(number), settings.time_zone))
    _show_pins(number)


@command.command("list")
@click.option("--line", default="", help="Of one line only.")
@click.option("--all", "everything", is_flag=True, help="Also those that are over or cancelled.")
def list_(line: str, everything: bool) -> None:
    """List the sessions to come, the next one first."""
    settings = _open()
    found = sessions.listing(line, coming=not everything)
    for row in found:
        click.echo(session_line(row, settings.time_zone))
    if not found:
        click.echo("No sessions. `pressline experts schedule` plans one.")


@command.command
@click.argument("session", type=int)
def show(session: int) -> None:
    """Show all of SESSION."""
    settings = _open()
    for line in session_facts(sessions.known(session), settings.time_zone):
        click.echo(line)


@command.command
@click.argument("session", type=int)
@AT
@click.option("--minutes", type=int, help="A new length.")
def move(session: int, at: datetime, minutes: int | None) -> None:
    """Hold SESSION at another time."""
    settings = _open()
    sessions.move(session, at.replace(tzinfo=settings.time_zone), minutes)
    click.echo(session_line(sessions.known(session), settings.time_zone))


@command.command
@click.argument("session", type=int)
@click.option("--reason", default="", help="For the list.")
def cancel(session: int, reason: str) -> None:
    """SESSION will not be held."""
    _open()
    sessions.cancel(session, reason)
    click.echo(f"Session {session} is cancelled.")


@command.command
@click.argument("session", type=int)
def pins(session: int) -> None:
    """Give SESSION new PINs, shown once; the old ones are void, and its line's lock opens."""
    _open()
    _show_pins(session)


@command.command
@click.option("--line", default="", help="Of one line only.")
def late(line: str) -> None:
    """List the questions that came outside the hour, with what became of them."""
    settings = _open()
    found = listed(owing_of(settings), line)
    for one in found:
        click.echo(late_line(one, settings.time_zone))
    if not found:
        click.echo("No questions.")


def _show_pins(session: int) -> None:
    for line in pins_lines(new_pins(session)):
        click.echo(line)


def _open() -> Settings:
    settings = load()
    open_book(settings, make=True)
    return settings
