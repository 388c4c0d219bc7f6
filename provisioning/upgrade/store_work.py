"""What an upgrade does to the store, by the release that knows how:

    python -m provisioning.upgrade.store_work keep|migrate|restore

The old release keeps a copy and brings it back, the new one migrates. Run as the program's user, to
whom the store belongs.
"""

import shutil
import sys
from contextlib import suppress
from enum import StrEnum

from appliance.settings import Settings, load
from provisioning.backup import manifest, state
from provisioning.backup.aside import put_aside
from provisioning.backup.errors import BackupError
from provisioning.backup.manifest import Manifest
from provisioning.backup.places import Places
from provisioning.backup.stores import store_at
from provisioning.backup.version import program_version
from store import database, migrate
from store.errors import StoreError
from store.folders import sync_folder


class Work(StrEnum):
    KEEP = "keep"
    MIGRATE = "migrate"
    RESTORE = "restore"


def do(verb: Work, settings: Settings) -> None:
    """May be done again after it was cut off. Raises `BackupError`, `StoreError`, `OSError`."""
    WORK[verb](settings, Places(settings.home.absolute()))


def _keep(settings: Settings, places: Places) -> None:
    folder = places.before_upgrade
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    store = store_at(settings.store_url)
    tables = store.copy(folder)
    Manifest(program_version(), store.kind, tables, {}, state.now().isoformat()).write(folder)
    sync_folder(folder)


def _migrate(settings: Settings, places: Places) -> None:
    database.connect(settings.store_url)
    try:
        migrate.migrate()
    finally:
        database.disconnect()


def _restore(settings: Settings, places: Places) -> None:
    """What the new version has written is moved aside, for a person to look at."""
    folder = places.before_upgrade
    manifest.read(folder)
    store = store_at(settings.store_url)
    with suppress(BackupError):  # a store that cannot even be dumped is no reason to stay with it
        put_aside(store, places)
    store.restore(folder)


WORK = {Work.KEEP: _keep, Work.MIGRATE: _migrate, Work.RESTORE: _restore}


def main() -> None:
    try:
        do(Work(sys.argv[1]), load())
    except (BackupError, StoreError, OSError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
