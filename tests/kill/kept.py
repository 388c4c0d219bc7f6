"""The messages of one caller, as the box has them in the end."""

import hashlib
from dataclasses import dataclass

from tests.end_to_end.box import Box
from tests.listening import Samples, read_wav

COLUMNS = (
    "message.id, caller_number, seconds, size, sha256, path, ended_by, "
    "coalesce(transcript.state, ''), coalesce(transcript.text, '')"
)


@dataclass(frozen=True, slots=True)
class Kept:
    samples: Samples
    id: str
    caller: str
    seconds: float
    size: int
    sha256: str
    path: str
    """Relative to the voicemail folder."""
    ended_by: str
    transcript_state: str
    transcript: str


def kept(box: Box, caller: str) -> list[Kept]:
    """Each with its file, which is whole. Raises AssertionError."""
    sql = (
        f"SELECT {COLUMNS} FROM message LEFT JOIN transcript ON transcript.message_id = message.id "
        "WHERE caller_number = ? AND message.state = 'new' ORDER BY message.started_at"
    )
    return [Kept(_sound(box, *row[3:6]), *row) for row in box.ledger.ask(sql, caller)]


def _sound(box: Box, size: int, sha256: str, path: str) -> Samples:
    file = box.home / "voicemail" / path
    content = file.read_bytes()
    assert (len(content), hashlib.sha256(content).hexdigest()) == (size, sha256), path
    return read_wav(file)
