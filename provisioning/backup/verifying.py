"""The proof of a backup: unpacked into a scratch folder, and all of it compared."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from appliance.settings import Settings

from . import files, manifest, sums
from .archive import known_archive
from .errors import NotAsItWas, TargetFailed
from .holding import alone
from .manifest import Manifest
from .places import Places
from .restic import Restic
from .room import assert_room
from .stores import Store, store_at

LATEST = "latest"


@dataclass(frozen=True, slots=True)
class Proven:
    """A backup that gives back what was there."""

    snapshot: str
    tables: int
    rows: int
    files: int


def verify(settings: Settings, places: Places, snapshot: str = LATEST) -> Proven:
    """Blocks. Raises `NotAsItWas`, other `BackupError`s, `OSError`."""
    with alone(places):
        kept_in = known_archive(settings, places)
        kept_in.check()
        store = store_at(settings.store_url)
        with unpacked(kept_in, snapshot, places.scratch) as (root, made):
            return prove(snapshot, root, made, store)


@contextmanager
def unpacked(kept_in: Restic, snapshot: str, scratch: Path) -> Iterator[tuple[Path, Manifest]]:
    """The backup in a folder that is gone afterwards. Raises `TargetFailed`, `NoRoom`."""
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True, mode=0o700)
    try:
        assert_room(scratch, kept_in.size(snapshot), f"backup {snapshot}, unpacked,")
        kept_in.restore(snapshot, scratch)
        yield scratch, manifest.read(picture_in(scratch))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def picture_in(root: Path) -> Path:
    return Places(root).picture


def prove(snapshot: str, root: Path, made: Manifest, store: Store) -> Proven:
    """Raises `NotAsItWas`, `TargetFailed`."""
    if made.store != store.kind:
        raise TargetFailed(
            f"backup {snapshot} holds a store of {made.store}, the settings name one of "
            f"{store.kind}: set `database` as it was"
        )
    faults = sums.differences(made.tables, store.sums_of_copy(picture_in(root)))
    faults += files.differences(made.files, root)
    if faults:
        raise NotAsItWas(snapshot, faults)
    rows = sum(table.rows for table in made.tables.values())
    return Proven(snapshot, len(made.tables), rows, len(made.files))
