"""Jobs on file while the store is away: one JSON line each, in order.

Used by one thread only. A line cut short by a kill is passed over.
"""

import io
import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from pathlib import Path

from pydantic import ValidationError

from store.errors import JournalFull
from store.jobs import AS_JSON, Job

log = logging.getLogger(__name__)

MAX_BYTES = 256 << 20
"""About 100,000 calls with their steps."""
MAX_LINE = 16 << 20


class Journal:
    """A file of jobs not yet in the store."""

    def __init__(self, path: Path, max_bytes: int = MAX_BYTES) -> None:
        self.path = path
        self._max_bytes = max_bytes
        self._read = 0
        """Bytes already in the store. Forgotten by a crash: jobs may be applied twice."""

    @property
    def size(self) -> int:
        """Bytes that wait."""
        try:
            return self.path.stat().st_size - self._read
        except FileNotFoundError:
            return 0

    def append(self, jobs: Sequence[Job]) -> None:
        """All of them or none. Raises `JournalFull`, or `OSError` when the disk refuses."""
        data = b"".join(_line(job) for job in jobs)
        if self.size + len(data) > self._max_bytes:
            raise JournalFull(f"{self.path}: more than {self._max_bytes} bytes of unwritten jobs")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab", buffering=0) as file:
            before = file.tell()
            try:
                # The line end sets a line that was cut short apart from ours.
                _write(file, b"\n" + data if before else data)
            except OSError:
                file.truncate(before)
                raise

    def next_batch(self, count: int) -> tuple[Sequence[Job], int]:
        """The next jobs, and where they end in the file (for `done`)."""
        with self.path.open("rb") as file:
            file.seek(self._read)
            lines = list(islice(iter(lambda: file.readline(MAX_LINE), b""), count))
            return list(_jobs(lines)), file.tell()

    def done(self, until: int) -> None:
        """All up to `until` is in the store; an emptied journal is deleted."""
        self._read = until
        if self.size <= 0:
            self.path.unlink(missing_ok=True)
            self._read = 0


def _write(file: io.FileIO, data: bytes) -> None:
    """A disk that becomes full takes a part first, and says so the next time."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def _line(job: Job) -> bytes:
    text = json.dumps(asdict(job), default=datetime.isoformat, ensure_ascii=False)
    return text.encode("utf-8", "replace") + b"\n"


def _jobs(lines: Sequence[bytes]) -> Iterator[Job]:
    for line in lines:
        if line.strip():
            try:
                yield AS_JSON.validate_json(line)
            except ValidationError:
                log.warning("the journal holds a line that is no job: %.200r", line)
