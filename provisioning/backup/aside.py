"""What gives way to a copy is moved aside, never removed: a person decides."""

from datetime import UTC, datetime
from pathlib import Path

from .places import Places
from .stores import Store


def new_folder(places: Places) -> Path:
    """Raises `OSError`."""
    folder = places.aside / datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S.%fZ")
    folder.mkdir(parents=True, mode=0o700)
    return folder


def put_aside(store: Store, places: Places) -> Path | None:
    """The folder with the store that was there; None when there was none.

    Raises `BackupError`, `OSError`.
    """
    if store.is_empty():
        return None
    folder = new_folder(places)
    store.put_aside(folder)
    return folder
