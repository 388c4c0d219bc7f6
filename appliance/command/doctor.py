"""`pressline doctor`"""

import shutil

import click

from ..checking import checks
from ..errors import SettingsInvalid
from ..examination import Finding, examine
from ..home import Home
from ..settings import load


@click.command
def command() -> None:
    """Find what is missing or wrong, and tell how to mend it."""
    try:
        settings = load()
    except SettingsInvalid as error:
        for fault in error.faults:
            click.echo(f"✗ settings: {fault}")
        raise SystemExit(1) from error
    home = Home(settings.home)
    findings = examine(settings, home)
    findings += [
        Finding(name, health.ok, health.message)
        for name, check in checks(settings, home).items()
        for health in [check()]
    ]
    width = min(shutil.get_terminal_size().columns, 120)
    for finding in findings:
        mark = "✓" if finding.ok else "✗"
        click.echo(f"{mark} {finding.what}: {finding.message}"[: width * 4])
    if not all(finding.ok for finding in findings):
        raise SystemExit(1)
