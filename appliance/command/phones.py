"""`pressline phones`"""

import click

from ..secrets_file import load_secrets
from ..settings import load


@click.command
def command() -> None:
    """List the desk phones, with what a SIP phone needs to register."""
    settings = load()
    if not settings.phones:
        click.echo('No phones yet. Set PRESSLINE_PHONES, for instance "200=Desk, 201=Delivery".')
        return
    secrets = load_secrets(settings.home, settings.phones)
    for number, name in settings.phones.items():
        click.echo(f"{number}  {name}")
        click.echo(f"    server {settings.sip}, user {number}, password {secrets.phones[number]}")
