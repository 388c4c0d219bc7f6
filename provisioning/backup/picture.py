"""A picture of a running box: the store at one moment, and what is not yet in it.

The order decides what may be missing from it:

1. the journal and the spool, which hold what the store does not know yet: whatever leaves them from
   here on is in the store's copy as well, and both may be taken in twice;
2. the store: from here on each row has its file on the disk, since files are written before rows;
3. the files, by restic, straight from the home. What is removed meanwhile by the rules of a mailbox
   was removed from the store first; `--verify` tells of it.
"""

import shutil
from pathlib import Path

from appliance.settings import Settings

from . import files, manifest, state
from .manifest import Manifest
from .places import Places, kept
from .stores import store_at
from .version import program_version

SPOOL = "spool"


def take(settings: Settings, places: Places) -> Manifest:
    """Blocks for as long as the reading of all new files takes.

    Raises `StoreFaulty`, `NoRoom`, `NotSetUp`, `OSError`.
    """
    known = manifest.last(places.picture)
    fresh = places.own / ".picture.part"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True, mode=0o700)
    began = state.now().isoformat()
    _copy_spool(places.home / SPOOL, fresh / SPOOL)
    store = store_at(settings.store_url)
    tables = store.copy(fresh)
    found = files.files_of(places.home, kept(places.home, models=settings.backup_models), known)
    made = Manifest(program_version(), store.kind, tables, found, began)
    made.write(fresh)
    shutil.rmtree(places.picture, ignore_errors=True)
    fresh.rename(places.picture)
    return made


def _copy_spool(spool: Path, into: Path) -> None:
    into.mkdir()
    if spool.is_dir():
        shutil.copytree(spool, into, dirs_exist_ok=True, ignore_dangling_symlinks=True,
                        copy_function=_copy)  # fmt: skip


def _copy(source: str, target: str) -> None:
    """What was taken in meanwhile is in the store's copy."""
    try:
        shutil.copy2(source, target)
    except FileNotFoundError:
        Path(target).unlink(missing_ok=True)
