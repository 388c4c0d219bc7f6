"""`pressline ledger`"""

from pathlib import Path

import click

from store import pieces, recordings
from voicemail.housekeeping import ledger, space

from ..home import Home
from ..opening import open_book
from ..settings import load
from ..step_line import one_line


@click.command
@click.option("--quick", is_flag=True, help="Look at sizes only; read no file.")
@click.pass_context
def command(context: click.Context, quick: bool) -> None:
    """Compare every message, recording and piece with the disk.

    Ends with 1 when something that should be there is missing or changed.
    """
    settings = load()
    open_book(settings, make=True)
    home = Home(settings.home)
    found = ledger(home.voicemail, quick=quick)
    for finding in found.findings:
        of = f"  ({finding.message})" if finding.message else ""
        click.echo(one_line(f"{finding.fault}  voicemail/{finding.path}{of}"))
    doubtful = [] if quick else _doubtful(home.recordings)
    for path, state in doubtful:
        click.echo(one_line(f"{state}  recordings/{path}"))
    losses = sum(finding.is_loss for finding in found.findings) + len(doubtful)
    strays = len(found.findings) + len(doubtful) - losses
    click.echo(
        f"{found.messages} messages and {found.greetings} greetings, {losses} missing or changed, "
        f"{strays} files in no row; {space(home.voicemail)}."
    )
    context.exit(1 if losses else 0)


def _doubtful(folder: Path) -> list[tuple[str, str]]:
    """Recordings of calls and of experts' hours that are not as they were."""
    calls = [(found.path, found.state) for found in recordings.verify(folder)]
    return [*calls, *pieces.verify(folder)]
