"""`pressline backup`"""

import click

from provisioning.backup import archive, making, verifying
from provisioning.backup.errors import AlreadyBackingUp
from provisioning.backup.key import key_of
from provisioning.backup.places import Places

from ..backing_up import places_of
from ..settings import Settings, load
from ..step_line import one_line


@click.group(invoke_without_command=True)
@click.option("--verify", is_flag=True, help="Unpack the last backup aside, and compare all of it.")
@click.option("--new-archive", is_flag=True, help="Begin an archive where the old one is gone.")
@click.option("--quiet", is_flag=True, help="Say nothing when all is well, or when one runs.")
@click.pass_context
def command(context: click.Context, verify: bool, new_archive: bool, quiet: bool) -> None:
    """Back up the store, the recordings and the settings while the box runs."""
    if context.invoked_subcommand is not None:
        return
    settings = load()
    places = places_of(settings)
    if new_archive:
        archive.forget_archive(places)
    if verify:
        _verify(settings, places)
        return
    try:
        _back_up(settings, places, quiet)
    except AlreadyBackingUp:
        if not quiet:
            raise


def _back_up(settings: Settings, places: Places, quiet: bool) -> None:
    made = making.backup(settings, places)
    if not quiet:
        click.echo(
            f"backup {made.snapshot}: {made.bytes / 1e6:.1f} MB, new of it "
            f"{made.added / 1e6:.1f} MB, in {made.seconds:.0f} s; "
            f"{len(made.manifest.tables)} tables, {len(made.manifest.files)} files"
        )


def _verify(settings: Settings, places: Places) -> None:
    proven = verifying.verify(settings, places)
    click.echo(
        f"The last backup gives back what was there: {proven.tables} tables with {proven.rows} "
        f"rows, {proven.files} files."
    )


@command.command("list")
def list_backups() -> None:
    """List the backups in the archive, oldest first."""
    settings = load()
    kept_in = archive.known_archive(settings, places_of(settings))
    for found in kept_in.snapshots():
        click.echo(one_line(f"{found.id}  {found.made_at} UTC  {found.host}"))


@command.command
def key() -> None:
    """Show the archive's key: keep it outside the box, without it no backup can be read."""
    settings = load()
    click.echo(key_of(settings.backup_password.get_secret_value(), places_of(settings)))
