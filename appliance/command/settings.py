"""`pressline settings`"""

import click

from ..settings import PREFIX, Settings, load


@click.command
def command() -> None:
    """List every setting with its value, its variable and what it means."""
    settings = load()
    for name, field in Settings.model_fields.items():
        click.echo(f"{PREFIX}{name.upper()} = {getattr(settings, name)}")
        click.echo(f"    {field.description}")
