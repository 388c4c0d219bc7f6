"""`pressline calls`"""

from datetime import datetime

import click

from store import calls, recordings
from store.models import Call
from store.models.call import OUT

from ..home import Home
from ..opening import open_book
from ..settings import Settings, load
from ..step_line import one_line, step_line

STATES = ("open", "finished", "hung_up", "transferred", "failed", "lost")


@click.command
@click.argument("text", default="")
@click.option("--state", type=click.Choice(STATES), help="How the call ended.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="How many calls at the most.",
)
def command(text: str, state: str | None, limit: int) -> None:
    """List calls, newest first, that have TEXT in a number or name.

    With a call's id: that call, with each of its steps.
    """
    settings = load()
    open_book(settings, make=True)
    one = Call.get_or_none(Call.uuid == text) if text else None
    if one:
        _show(one, settings)
        return
    found = calls.search(text, state=state or "", limit=limit)
    for call in found:
        click.echo(_line(call, settings))
    if not found:
        click.echo("No such calls." if text or state else "No calls yet.")


def _line(call: Call, settings: Settings) -> str:
    seconds = f"{(call.ended_at - call.started_at).total_seconds():.0f} s" if call.ended_at else ""
    flow = f"{call.flow} {call.version}" if call.flow else "no flow"
    return one_line(
        f"{_local(call.started_at, settings)}  {call.uuid}  {_who(call)} → {call.dialled}  "
        f"{flow}  {call.state} {seconds}"
    )


def _who(call: Call) -> str:
    if call.direction == OUT:
        return f"the box ({call.purpose})" if call.purpose else "the box"
    return "withheld" if call.withheld else f"{call.caller_number} {call.caller_name}".strip()


def _show(call: Call, settings: Settings) -> None:
    click.echo(_line(call, settings))
    if call.reason:
        click.echo(f"  because: {call.reason}")
    if call.tags:
        click.echo(f"  tags: {', '.join(call.tags)}")
    for step in calls.steps(call.uuid):
        line = step_line(step.flow, step.step, step.verb, step.event, step.detail)
        click.echo(
            f"  {step.seconds:6.2f} s  {line}{f'  ERROR {step.error}' if step.error else ''}"
        )
    folder = Home(settings.home).recordings
    for recording in recordings.of_call(call.uuid):
        click.echo(f"  recording {recording.seconds:.1f} s  {folder / recording.path}")


def _local(moment: datetime, settings: Settings) -> str:
    return f"{moment.astimezone(settings.time_zone):%Y-%m-%d %H:%M:%S}"
