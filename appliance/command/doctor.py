"""`pressline doctor`"""

import shutil

import click

from ..checking import checks
from ..errors import SettingsInvalid
from ..examination import examine
from ..finding import Finding
from ..home import Home
from ..settings import Settings, load


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
    if home.root.is_dir():
        findings += _parts(settings, home)
    width = min(shutil.get_terminal_size().columns, 120)
    for finding in findings:
        mark = "✓" if finding.ok else "✗"
        click.echo(f"{mark} {finding.what}: {finding.message}"[: width * 4])
    if not all(finding.ok for finding in findings):
        raise SystemExit(1)


def _parts(settings: Settings, home: Home) -> list[Finding]:
    healths = ((name, check()) for name, check in checks(settings, home).items())
    return [Finding(name, health.ok, health.message) for name, health in healths]
