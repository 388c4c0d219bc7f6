"""`pressline prepare`"""

import click

from ..home import Home
from ..preparing import invitation, prepare
from ..settings import load


@click.command
@click.option(
    "--unattended",
    is_flag=True,
    help="Make no first administrator: nobody is there to read the password.",
)
def command(unattended: bool) -> None:
    """Make what the box needs before its processes start; can be done again at any time.

    Secrets, the store's tables, the first administrator, the switch's settings. `pressline up` does
    this by itself; on an installed box it is done at each start, and by the installation.
    """
    settings = load()
    home = Home(settings.home.absolute())
    password = prepare(settings, home, administrator=not unattended)
    if password:
        click.echo(invitation(password))
