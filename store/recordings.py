"""The ledger of recordings: what is on disk must be what was recorded."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from store.database import translated
from store.fields import as_stored, clean
from store.jobs import RecordingKept
from store.models import Recording
from store.models.recording import RecordingState
from store.rows import insert

COLUMNS = ("path", "call_id", "seconds", "sha256", "state", "created_at")
CHUNK = 1 << 20
KEEP_FIRST = 'ON CONFLICT ("path") DO NOTHING'


def kept(jobs: Sequence[RecordingKept]) -> None:
    """Enter recordings; their calls must be in the store already."""
    insert("recording", COLUMNS, [_row(job) for job in jobs], KEEP_FIRST)


@translated()
def of_call(uuid: str) -> Sequence[Recording]:
    """The recordings of one call, in order."""
    found = Recording.select().where(Recording.call == uuid)
    return list(found.order_by(Recording.created_at, Recording.path))


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hex. Raises `OSError`."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


@translated()
def verify(folder: Path) -> Sequence[Recording]:
    """Compare the ledger with `folder`, keep what was found; the recordings in doubt."""
    return list(_doubtful(folder))


def _doubtful(folder: Path) -> Iterator[Recording]:
    for recording in Recording.select().iterator():
        state = state_of(folder / recording.path, recording.sha256)
        if state != recording.state:
            recording.state = state
            recording.save(only=[Recording.state])
        if state != RecordingState.KEPT:
            yield recording


def state_of(path: Path, sha256: str) -> RecordingState:
    """What has become of a file that had this checksum."""
    try:
        same = checksum(path) == sha256
    except OSError:
        return RecordingState.MISSING
    return RecordingState.KEPT if same else RecordingState.CHANGED


def _row(job: RecordingKept) -> tuple[object, ...]:
    return (
        clean(job.path, 500),
        clean(job.call, 64) or None,
        job.seconds,
        job.sha256,
        RecordingState.KEPT.value,
        as_stored(job.created_at),
    )
