"""A whole backup: picture, archive, what is kept, and what is told of it."""

import time
from dataclasses import dataclass

from appliance.settings import Settings

from . import archive, picture, state
from .errors import BackupError
from .holding import alone
from .manifest import Manifest
from .places import OWN, Places, kept

PICTURE = f"{OWN}/picture"
UNITS = {"d": "daily", "w": "weekly", "m": "monthly", "y": "yearly"}


@dataclass(frozen=True, slots=True)
class Made:
    """A good backup."""

    snapshot: str
    bytes: int
    """Of all files and of the store's copy."""
    added: int
    """Bytes that were new to the archive."""
    seconds: float
    manifest: Manifest


def backup(settings: Settings, places: Places) -> Made:
    """Blocks. Raises `BackupError`; what went wrong is noted, and nothing is counted as good."""
    with alone(places):
        state.note_try(places)
        try:
            return _backup(settings, places)
        except (BackupError, OSError) as error:
            _note_fault(places, error)
            raise


def _backup(settings: Settings, places: Places) -> Made:
    began, clock = state.now(), time.monotonic()
    kept_in = archive.opened(archive.archive_of(settings, places))
    manifest = picture.take(settings, places)
    summary = kept_in.save([PICTURE, *kept(places.home, models=settings.backup_models)])
    snapshot = str(summary["snapshot_id"])
    made = Made(
        snapshot=snapshot,
        bytes=int(summary["total_bytes_processed"]),
        added=int(summary["data_added"]),
        seconds=time.monotonic() - clock,
        manifest=manifest,
    )
    state.note(
        places, good_at=began.isoformat(), snapshot=snapshot, bytes=made.bytes,
        seconds=made.seconds, fault="",
    )  # fmt: skip
    kept_in.forget(keeping(settings.backup_keep))
    return made


def keeping(rule: str) -> list[str]:
    """restic's words for `14d 8w 12m`."""
    found: list[str] = []
    for part in rule.split():
        found += [f"--keep-{UNITS[part[-1]]}", part[:-1]]
    return found


def _note_fault(places: Places, error: Exception) -> None:
    try:
        state.note(places, fault=str(error)[:1000])
    except OSError as second:
        error.add_note(f"and this could not be noted: {second}")
