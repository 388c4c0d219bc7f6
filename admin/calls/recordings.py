"""The files of a call's recordings, wherever the ledger says they are, but never elsewhere."""

from pathlib import Path

from flask import abort

from admin.panel import the_panel
from store.fields import clean
from store.models import Recording


def file_of(recording: Recording) -> Path | None:
    """None when it is not there, or not within the recordings' folder."""
    folder = (the_panel().home / "recordings").resolve()
    path = (folder / recording.path).resolve()
    return path if path.is_relative_to(folder) and path.is_file() else None


def recording_of(call: str, id: int) -> Path:
    """404 for what is not there, or no recording of this call."""
    found = Recording.get_or_none(
        Recording._meta.primary_key == id, Recording.call == clean(call, 64)
    )
    return (found and file_of(found)) or abort(404)
