"""`pressline demo`"""

from contextlib import suppress
from pathlib import Path

import click

from voicemail.boxes.signing_in import first_pins

from ..bus import announce
from ..errors import BoxSilent
from ..example import has_flows, install
from ..home import Home
from ..settings import load

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "daily"


@click.command
@click.option("--if-empty", is_flag=True, help="Do nothing when there are live flows already.")
def command(if_empty: bool) -> None:
    """Fill the home with the Daily, a small example paper."""
    settings = load()
    if if_empty and has_flows(settings):
        return
    for done in install(EXAMPLE, Home(settings.home)):
        click.echo(f"{done.flow}: version {done.version}, {done.tests} test calls passed")
    for box, pin in first_pins().items():
        click.echo(f"mailbox {box}: its PIN is {pin}, which is not shown again")
    click.echo(f"The Daily, an example paper, is in {settings.home}.")
    with suppress(BoxSilent):  # a box that does not run takes it up when it starts
        announce(settings)
        click.echo(
            "The box takes its flows up now, its settings (phones, time zone) when it restarts."
        )
