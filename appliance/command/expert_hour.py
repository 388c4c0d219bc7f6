"""`pressline experts live`: an expert's hour that is held now."""

from collections.abc import Callable, Iterator
from typing import Any

import click

from ..expert_hour_client import ExpertHourClient, held_now
from ..settings import load
from ..step_line import one_line

QUESTION = click.argument("question", default="")
SESSION = click.option("--session", type=int, default=0, help="Its number, if several are held.")


@click.group(invoke_without_command=True)
@SESSION
@click.pass_context
def live(context: click.Context, session: int) -> None:
    """Show the hour that is held now, or steer it. Questions go by the first letters of their
    names as shown."""
    context.obj = ExpertHourClient(load(), session)
    if context.invoked_subcommand is None:
        held = [context.obj.state()] if session else held_now(context.obj.settings)
        for state in held:
            _show(state)
        if not held:
            click.echo("No expert's hour is held now. `pressline experts list` tells what comes.")


def _simple(name: str, text: str, do: Callable[[ExpertHourClient], dict[str, Any]]) -> None:
    """A subcommand without anything to give."""

    @live.command(name, help=text)
    @click.pass_obj
    def run(hour: ExpertHourClient) -> None:
        _show(do(hour))


_simple("off", "Whoever is on air listens again.", ExpertHourClient.off)
_simple("mute", "Mute whoever is on air.", ExpertHourClient.mute)
_simple("unmute", "Have whoever is on air heard again.", ExpertHourClient.unmute)
_simple("jingle", "Play the jingle.", ExpertHourClient.jingle)
_simple("close", "Say goodbye to all and end the hour.", ExpertHourClient.close)
_simple("call-expert", "Call the expert (again).", ExpertHourClient.call_expert)


@live.command(name="next")
@QUESTION
@click.pass_obj
def next_on_air(hour: ExpertHourClient, question: str) -> None:
    """Put the caller of QUESTION on air, or whoever is next."""
    _show(hour.next(_whole(hour, question)))


@live.command
@click.argument("minutes", type=click.IntRange(1, 120), default=5)
@click.pass_obj
def extend(hour: ExpertHourClient, minutes: int) -> None:
    """Let the hour last MINUTES longer."""
    _show(hour.extend(minutes))


@live.command
@QUESTION
@click.pass_obj
def aside(hour: ExpertHourClient, question: str) -> None:
    """Lead the screener aside with the caller of QUESTION, or with the next new one."""
    _show(hour.aside(_whole(hour, question)))


@live.command
@QUESTION
@click.pass_obj
def back(hour: ExpertHourClient, question: str) -> None:
    """Lead screener and caller back into the hall."""
    _show(hour.back(_whole(hour, question)))


@live.command
@click.argument("question")
@click.argument("text")
@click.pass_obj
def note(hour: ExpertHourClient, question: str, text: str) -> None:
    """Leave a note about QUESTION for the host."""
    _show(hour.note(_whole(hour, question), text))


@live.command
@click.argument("question")
@click.argument("priority", type=click.IntRange(-9, 9))
@click.pass_obj
def priority(hour: ExpertHourClient, question: str, priority: int) -> None:
    """Give QUESTION a PRIORITY; higher ones come first."""
    _show(hour.priority(_whole(hour, question), priority))


@live.command
@QUESTION
@click.pass_obj
def remove(hour: ExpertHourClient, question: str) -> None:
    """Throw out the caller of QUESTION, or whoever is on air."""
    _show(hour.remove(_whole(hour, question)))


@live.command
@click.argument("text")
@click.pass_obj
def announce(hour: ExpertHourClient, text: str) -> None:
    """Say TEXT to all."""
    _show(hour.announce(text))


@live.command
@click.pass_obj
def watch(hour: ExpertHourClient) -> None:
    """Show the hour whenever something changes, until Ctrl-C."""
    hour.watch(_show)


def _whole(hour: ExpertHourClient, beginning: str) -> str:
    """The id of the only question that begins so; what it was given where there is none."""
    if not beginning:
        return ""
    state = hour.state()
    known = [each["question"] for each in (state["on_air"], *state["waiting"]) if each]
    found = [question for question in known if question.startswith(beginning)]
    if len(found) > 1:
        raise click.BadParameter(f"{beginning} is the beginning of {len(found)} questions")
    return str(found[0]) if found else beginning


def _show(state: dict[str, Any]) -> None:
    for line in _lines(state):
        click.echo(one_line(line))


def _lines(state: dict[str, Any]) -> Iterator[str]:
    yield (
        f"session {state['session']}  {state['line']}: {state['topic']}  {state['state']}, "
        f"until {state['ends_at'][11:16]}  {state['callers']} callers"
    )
    here = [each["seat"] for each in state["staff"] if each["room"]]
    yield f"  here: {', '.join(here) or 'nobody of the staff'}{_expert(state)}"
    if state["on_air"]:
        marks = [word for word in ("muted", "recording") if state[word]]
        yield f"  on air: {_question(state['on_air'])}  {', '.join(marks)}".rstrip()
    yield from (f"  {place}. {_question(one)}" for place, one in enumerate(state["waiting"], 1))
    if len(state["waiting"]) < state["waiting_count"]:
        yield f"  … {state['waiting_count']} in all"


def _expert(state: dict[str, Any]) -> str:
    return "; the expert is being called" if state["calling_expert"] else ""


def _question(one: dict[str, Any]) -> str:
    marks = [f"priority {one['priority']}"] if one["priority"] else []
    marks += ["aside"] if one["state"] == "aside" else []
    marks += ["spoken with"] if one["screened"] else []
    who = " ".join(filter(None, (one["number"] or one["contact"], one["name"])))
    facts = [one["question"][:8], who or "no number", ", ".join(marks), one["note"]]
    return "  ".join(filter(None, facts))
