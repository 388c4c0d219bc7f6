"""`pressline upgrade`"""

import os
from pathlib import Path

import click

from provisioning.upgrade.errors import UpgradeError
from provisioning.upgrade.journal import Step
from provisioning.upgrade.layout import Layout
from provisioning.upgrade.recovering import resume
from provisioning.upgrade.systemd import SystemdBox
from provisioning.upgrade.upgrading import Upgrade

from ..settings import Settings, load

TOLD = {
    Step.BUILDING: "Making the new version's folder; this takes a minute or two.",
    Step.BACKING_UP: "Backing up.",
    Step.STOPPING: "Stopping the box; FreeSWITCH goes on, with its last resort.",
    Step.KEEPING: "Keeping a copy of the store.",
    Step.MIGRATING: "Bringing the store to the new version.",
    Step.SWITCHING: "Putting the new version in place.",
    Step.STARTING: "Starting it, and looking whether all is well.",
    Step.GOING_BACK: "Going back to the old version, with the store as it was.",
}


@click.command
@click.argument(
    "source", required=False, type=click.Path(exists=True, path_type=Path, resolve_path=True)
)
@click.option("--resume", "is_resumed", is_flag=True, help="End an upgrade that was cut off.")
@click.option("--without-backup", is_flag=True, help="Make no backup first.")
def command(source: Path | None, is_resumed: bool, without_backup: bool) -> None:
    """Bring the installed box to the version in SOURCE, a source tree or its .tar.gz.

    When the new version does not become well, the old one comes back with the store as it was.
    """
    settings = load()
    upgrade = _upgrade(settings, without_backup)
    if is_resumed:
        _resume(upgrade)
        return
    if source is None:
        raise click.UsageError("name the new version's folder or archive, or --resume")
    if not settings.backup_target and not without_backup:
        raise UpgradeError(
            "no backup can be made first: backup_target is not set (docs/backup.md); "
            "to go on without one: --without-backup"
        )
    click.echo(f"This box is version {upgrade.to(source)} now.")
    check = upgrade.layout.current / "provisioning" / "install.sh"
    click.echo(f"Its units and web server may have changed, too; see: {check} --check")


def _upgrade(settings: Settings, without_backup: bool) -> Upgrade:
    if os.geteuid() != 0:
        raise UpgradeError("an upgrade changes the installed program: run it as root")
    box = SystemdBox(f"http://{settings.panel}")
    return Upgrade(Layout(), box, lambda step: click.echo(TOLD[step]), not without_backup)


def _resume(upgrade: Upgrade) -> None:
    version = resume(upgrade)
    click.echo(f"This box is version {version} now." if version else "No upgrade was cut off.")
