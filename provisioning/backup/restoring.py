"""The way back: a backup into a home and a store where nothing is, or in place of what is there.

Nothing of the home is touched before the whole backup has been unpacked beside it and proven. Then
what was there is moved aside, the files come, and last of all the store. Cut off at any point, it
is done again from the start; what was moved aside stays where it is.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from appliance.settings import Settings

from . import key as keys
from .archive import known_archive
from .aside import new_folder, put_aside
from .errors import RestoreRefused
from .holding import alone
from .picture import SPOOL
from .places import DISPOSABLE, Places
from .restic import Restic
from .stores import Store, store_at
from .verifying import Proven, picture_in, prove, unpacked

STAYS = ("secrets.toml", "pressline.toml", "models")
"""Made by an installation: a home that has nothing else is empty."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and where what was there before is now."""

    proven: Proven
    made_at: str
    aside: Path | None


def restore(
    settings: Settings, places: Places, snapshot: str, *, replace: bool, store_only: bool = False
) -> Restored:
    """The box must not run. Blocks.

    Raises `RestoreRefused`, `NotAsItWas` (nothing was changed), other `BackupError`s, `OSError`.
    """
    with alone(places):
        store = store_at(settings.store_url)
        if not replace:
            _assert_empty(store, places, store_only)
        kept_in = known_archive(settings, places)
        with unpacked(kept_in, snapshot, places.scratch) as (root, made):
            proven = prove(snapshot, root, made, store)
            aside = _put_aside(store, places, store_only)
            if not store_only:
                _bring_files(root, places.home)
            store.restore(picture_in(root))
            _go_on_with(kept_in, places)
        return Restored(proven, made.made_at, aside)


def _assert_empty(store: Store, places: Places, store_only: bool) -> None:
    found = [] if store_only else [path.name for path in _data(places.home)]
    if not store.is_empty():
        found.append("the store")
    if found:
        raise RestoreRefused(
            f"{places.home} is not empty: {', '.join(found[:6])}. Restore into an empty home, or "
            "with --replace, which moves aside what is there"
        )


def _data(home: Path) -> Iterator[Path]:
    """What holds something that a restore would hide."""
    for path in sorted(home.iterdir()):
        if path.name not in DISPOSABLE and path.name not in STAYS and _holds_files(path):
            yield path


def _holds_files(path: Path) -> bool:
    if path.name.startswith((".", "pressline.db")):  # the store itself is asked
        return False
    return not path.is_dir() or any(found.is_file() for found in path.rglob("*"))


def _put_aside(store: Store, places: Places, store_only: bool) -> Path | None:
    """Move away what is in the way; None when nothing is."""
    aside = put_aside(store, places)
    for path in [] if store_only else list(_replaced(places.home)):
        aside = aside or new_folder(places)
        shutil.move(path, aside / path.name)
    return aside


def _replaced(home: Path) -> Iterator[Path]:
    """Models stay unless the backup brings them: they are large and the same everywhere."""
    for path in sorted(home.iterdir()):
        is_ours = path.name == SPOOL or path.name not in DISPOSABLE
        if is_ours and path.name != "models" and not path.name.startswith("."):
            yield path


def _bring_files(root: Path, home: Path) -> None:
    for path in sorted(root.iterdir()):
        if path.name not in DISPOSABLE:
            _bring(path, home / path.name)
    spool = picture_in(root) / SPOOL
    if spool.is_dir():
        _bring(spool, home / SPOOL)


def _bring(source: Path, target: Path) -> None:
    """Both lie on one disk: a rename. Where a folder of models is already, it gives way."""
    if target.is_dir():
        shutil.rmtree(target)
    os.replace(source, target)


def _go_on_with(kept_in: Restic, places: Places) -> None:
    """The next backup of this home goes on in the same archive, with the same key."""
    keys.keep(kept_in.key, places)
