"""`pressline settings`"""

import click

from ..setting_types import without_password
from ..settings import PREFIX, Settings, load


@click.command
def command() -> None:
    """List every setting with its value, its variable and what it means."""
    settings = load()
    for name, field in Settings.model_fields.items():
        value = without_password(str(getattr(settings, name)))
        click.echo(f"{PREFIX}{name.upper()} = {value}")
        click.echo(f"    {field.description}")
