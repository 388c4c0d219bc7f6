"""A mailbox as one ZIP: its messages as sound, and an index to read and one to calculate with."""

import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from typing import IO

from store.database import translated
from store.models import Message
from voicemail.boxes.letters import KEPT
from voicemail.boxes.lookup import known
from voicemail.housekeeping.index import Entry, csv_lines, entry_of, html_lines
from voicemail.transcribing import current_texts

AT_ONCE = 200
"""Rows in memory; a box may hold thousands of messages with long transcripts."""
BLOCK = 1 << 20


@translated()
def export(root: Path, name: str, into: IO[bytes], zone: tzinfo) -> int:
    """Write the messages of the mailbox to `into`, oldest first, but no deleted
    ones; how many.

    `root` is the voicemail folder; times are told in `zone`. Raises `BoxUnknown`, `StoreAway`,
    `OSError`.
    """
    title, ids = _wanted(name)
    with zipfile.ZipFile(into, "w") as archive:
        for entry in _entries(ids, zone):
            _add(archive, root / entry.path, entry)
            if entry.comment_path:
                _add(archive, root / entry.comment_path, replace(entry, file=entry.comment))
        _write(archive, "index.csv", csv_lines(_entries(ids, zone)))
        _write(archive, "index.html", html_lines(title, _entries(ids, zone)))
    return len(ids)


def _wanted(name: str) -> tuple[str, list[str]]:
    box = known(name)
    held = (Message.mailbox == box) & Message.state.in_(KEPT)
    rows = Message.select(Message.id).where(held).order_by(Message.started_at, Message.id)
    return box.title or box.name, [row.id for row in rows]


def _entries(ids: list[str], zone: tzinfo) -> Iterator[Entry]:
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        texts = current_texts(some)
        rows = Message.select().where(Message.id.in_(some))
        for row in rows.order_by(Message.started_at, Message.id):
            yield entry_of(row, texts.get(row.id, ""), zone)


def _add(archive: zipfile.ZipFile, path: Path, entry: Entry) -> None:
    """A file that is missing is left out; `pressline ledger` tells of it."""
    try:
        source = path.open("rb")
    except FileNotFoundError:
        return
    with source, archive.open(_info(entry), "w", force_zip64=True) as target:
        shutil.copyfileobj(source, target, BLOCK)


def _info(entry: Entry) -> zipfile.ZipInfo:
    at = entry.received
    info = zipfile.ZipInfo(
        entry.file, (max(1980, at.year), at.month, at.day, at.hour, at.minute, at.second)
    )
    info.external_attr = 0o644 << 16
    return info


def _write(archive: zipfile.ZipFile, name: str, lines: Iterator[str]) -> None:
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    with archive.open(info, "w", force_zip64=True) as target:
        for line in lines:
            target.write(line.encode("utf-8", "replace"))
