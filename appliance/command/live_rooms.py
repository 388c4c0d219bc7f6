"""What of `pressline rooms` is asked of the running box."""

from collections.abc import Callable, Sequence
from typing import Any

import click

from ivr_flows.ports import Role

from ..asking import ask
from ..room_watcher import watch_room
from ..settings import load
from ..step_line import one_line

MEMBER = click.argument("member", type=click.IntRange(1))


@click.command
@click.argument("name")
def who(name: str) -> None:
    """Tell who is in room NAME."""
    _show(ask(load(), "rooms.who", room=name))


@click.command
@click.argument("name")
def watch(name: str) -> None:
    """Show who is in room NAME and who speaks, until Ctrl-C."""
    watch_room(load(), name, _show)


@click.command
@click.argument("name")
@click.argument("member", type=click.IntRange(1), required=False)
def mute(name: str, member: int | None) -> None:
    """Mute MEMBER (a number) of room NAME, or all but the moderators."""
    _show(ask(load(), "rooms.mute", room=name, member=member or 0))


@click.command
@click.argument("name")
@click.argument("member", type=click.IntRange(1), required=False)
def unmute(name: str, member: int | None) -> None:
    """Let MEMBER of room NAME speak, or all who may."""
    _show(ask(load(), "rooms.unmute", room=name, member=member or 0))


@click.command
@click.argument("name")
@MEMBER
def kick(name: str, member: int) -> None:
    """Show MEMBER out of room NAME."""
    _show(ask(load(), "rooms.kick", room=name, member=member))


@click.command
@click.argument("name")
def lock(name: str) -> None:
    """Let nobody else into room NAME, but those whom you call in."""
    _show(ask(load(), "rooms.lock", room=name))


@click.command
@click.argument("name")
def unlock(name: str) -> None:
    """Open room NAME again."""
    _show(ask(load(), "rooms.unlock", room=name))


@click.command
@click.argument("name")
@click.argument("member", type=click.IntRange(1), required=False)
def hand(name: str, member: int | None) -> None:
    """Give the word to MEMBER of room NAME, or to whose hand was raised first."""
    _show(ask(load(), "rooms.word", room=name, member=member or 0))


@click.command
@click.argument("name")
@click.option("--stop", is_flag=True, help="End the recording.")
def record(name: str, stop: bool) -> None:
    """Record room NAME; everybody in it is told."""
    _show(ask(load(), "rooms.record", room=name, wanted=not stop))


@click.command
@click.argument("name")
@click.argument("text")
def announce(name: str, text: str) -> None:
    """Say TEXT to all in room NAME."""
    _show(ask(load(), "rooms.announce", room=name, text=text))


@click.command
@click.argument("name")
def end(name: str) -> None:
    """End the conference in room NAME for all."""
    ask(load(), "rooms.end", room=name)
    click.echo(f"The conference in {name} has ended.")


@click.command
@click.argument("name")
@click.argument("to", nargs=-1, required=True)
@click.option("--as", "role", type=click.Choice(list(Role)), default=Role.SPEAKER)
def dial(name: str, to: tuple[str, ...], role: str) -> None:
    """Call people or numbers TO into room NAME; those who press 1 are in it without a PIN."""
    found = ask(load(), "rooms.dial", room=name, to=to, role=role)
    for each, outcome in found.items():
        click.echo(one_line(f"{each}: {outcome.replace('_', ' ')}"))


def _show(state: dict[str, Any]) -> None:
    words = [word for word in ("locked", "recorded", "hushed") if state[word]]
    members: Sequence[dict[str, Any]] = state["members"]
    click.echo(f"{state['room']}: {', '.join([f'{len(members)} here', *words])}")
    for member in members:
        click.echo(one_line(f"  {_member(member)}"))


_MARKS: Sequence[tuple[str, Callable[[dict[str, Any]], bool]]] = (
    ("talks", lambda member: bool(member["talking"])),
    ("muted", lambda member: bool(member["muted"])),
    ("has the word", lambda member: bool(member["word"])),
)


def _member(member: dict[str, Any]) -> str:
    marks = [word for word, holds in _MARKS if holds(member)]
    marks += [f"hand {member['hand']}"] if member["hand"] else []
    who = " ".join(filter(None, (member["caller"], member["name"])))
    return f"{member['number']}  {who}  {member['role']}  {', '.join(marks)}".rstrip()


COMMANDS = (who, watch, mute, unmute, kick, lock, unlock, hand, record, announce, end, dial)
