"""Reads a WAV header that may tell the wrong size, because its writer was killed.

FreeSWITCH writes through libsndfile, which tells 0 bytes of data and 8 of RIFF until the file is
closed (seen with 1.10.12); others tell 0xFFFFFFFF, and a cut file tells more than it holds.
"""

import os
import string
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

CHUNK = struct.Struct("<4sI")
RIFF_SIZE_AT = 4
FIRST_CHUNK_AT = 12
BLOCK_ALIGN_AT = 12
"""Within the `fmt ` chunk's content: bytes of one sample of all channels."""
MOST_CHUNKS = 64
"""Before the data; real files have one to five."""
UNKNOWN = 0xFFFFFFFF
LARGEST = 0xFFFFFF00
"""Bytes of data that a WAV header can tell, with room for the header itself."""
_ID_BYTES = frozenset((string.ascii_letters + string.digits + " _-").encode())


@dataclass(frozen=True, slots=True)
class WavHeader:
    """Where the samples are, what the header tells of them, and what is there."""

    data_at: int
    told_bytes: int
    real_bytes: int

    @property
    def is_right(self) -> bool:
        return self.told_bytes == self.real_bytes

    @property
    def patches(self) -> Mapping[int, bytes]:
        """Bytes that make the header right, by their place in the file."""
        end = self.data_at + self.real_bytes
        return {
            RIFF_SIZE_AT: (end - 8).to_bytes(4, "little"),
            self.data_at - 4: self.real_bytes.to_bytes(4, "little"),
        }


def read_header(file: BinaryIO) -> WavHeader | None:
    """`None` if `file` is no WAV, or ends before its data begin. Raises `OSError`."""
    size = os.fstat(file.fileno()).st_size
    file.seek(0)
    riff, _, kind = struct.unpack("<4sI4s", file.read(FIRST_CHUNK_AT).ljust(FIRST_CHUNK_AT, b"\0"))
    if (riff, kind) != (b"RIFF", b"WAVE"):
        return None
    at, block = FIRST_CHUNK_AT, 1
    for _ in range(MOST_CHUNKS):
        head = _chunk(file, at)
        if head is None:
            return None
        name, told = head
        at += CHUNK.size
        if name == b"data":
            return WavHeader(at, told, _real_bytes(file, at, told, size, block))
        if name == b"fmt ":
            block = _block_align(file)
        at += told + told % 2
    return None


def _chunk(file: BinaryIO, at: int) -> tuple[bytes, int] | None:
    file.seek(at)
    head = file.read(CHUNK.size)
    return CHUNK.unpack(head) if len(head) == CHUNK.size else None


def _block_align(file: BinaryIO) -> int:
    content = file.read(16)
    return max(1, int.from_bytes(content[BLOCK_ALIGN_AT : BLOCK_ALIGN_AT + 2], "little"))


def _real_bytes(file: BinaryIO, at: int, told: int, size: int, block: int) -> int:
    there = size - at
    if told == there or (told < there and _only_chunks_follow(file, at + told, size)):
        return told
    return min(there, LARGEST) // block * block


def _only_chunks_follow(file: BinaryIO, at: int, size: int) -> bool:
    """Whether the rest of the file is well-formed chunks, and not samples nobody counted."""
    if size - at == at % 2 == 1:  # the padding of an odd chunk
        return True
    at += at % 2
    for _ in range(MOST_CHUNKS):
        head = _chunk(file, at)
        if head is None or not _ID_BYTES.issuperset(head[0]):
            return False
        at += CHUNK.size + head[1] + head[1] % 2
        if at in (size, size + 1):
            return True
    return False
