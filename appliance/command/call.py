"""`pressline call`"""

from pathlib import Path

import click

from ..phone.options import CallOptions
from ..phone.report import CallReport
from ..settings import load
from .followed_call import Caller


@click.command
@click.argument("number")
@click.option(
    "--keys",
    default="",
    help='What to press: "1 1234#" presses 1 when the first prompt has ended, 1234# after the '
    'next; "@3.5:1" presses 1 at 3.5 s, "~0.5:2" half a second after the word before; '
    '"speak" and "hangup" are words too.',
)
@click.option(
    "--speak",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Sound file to say where the keys have `speak`, or else upon the answer.",
)
@click.option(
    "--save", type=click.Path(dir_okay=False, path_type=Path), help="WAV of what was heard."
)
@click.option("--from", "from_number", default="1000", help="The number to call from.")
@click.option("--name", default="Test Phone", help="The name to call with.")
@click.option("--info", is_flag=True, help="Send keys by SIP INFO instead of RFC 4733.")
@click.option("--limit", default=120.0, show_default=True, help="Seconds until we hang up.")
@click.option("--server", default="", help="host:port of the switch, if not the box's own.")
def command(
    number: str,
    keys: str,
    speak: Path | None,
    save: Path | None,
    from_number: str,
    name: str,
    info: bool,
    limit: float,
    server: str,
) -> None:
    """Place a real SIP call to NUMBER, and show what the flow does as it happens."""
    settings = load()
    if not number.strip():
        raise click.BadParameter("expected a number, for instance 100", param_hint="NUMBER")
    if save and not save.parent.is_dir():
        raise click.BadParameter(f"there is no folder {save.parent}", param_hint="--save")
    options = CallOptions(
        uri=number if number.startswith("sip:") else f"sip:{number}@{server or settings.own_calls}",
        keys=keys,
        info=info,
        speak=speak,
        from_number=from_number,
        from_name=name,
        limit=limit,
    )
    caller = Caller(settings)
    report = caller.place(options)
    if save:
        report.save(save)
    click.echo(summary(report, save))
    if not report.answered:
        if caller.unwatched and not server:
            click.echo("Is the box running? `pressline up` starts it; PRESSLINE_HOME says which.")
        raise SystemExit(1)


def summary(report: CallReport, saved: Path | None) -> str:
    if not report.answered:
        return f"Not answered: {report.status} {report.phrase}".rstrip()
    said = f"{report.seconds:.1f} s, {report.prompts} prompts heard, {report.end}"
    undone = f", {report.undone} words of the keys were not needed" if report.undone else ""
    kept = f", saved as {saved}" if saved else ""
    return f"Answered after {report.answered_after:.0f} ms; {said}{undone}{kept}."
