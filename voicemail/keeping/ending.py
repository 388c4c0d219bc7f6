"""The end of a message that was left: it is kept, or there is none.

Both can be called again after a crash, from any process. They block.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

from store.jobs import MessageBegun, MessageDiscarded, MessageKept, MessageNoted
from voicemail.keeping.placing import place
from voicemail.places import DISCARDED, take_path, takes


def keep(
    folder: Path, begun: MessageBegun, take: int, noted: MessageNoted | None, ended_by: str
) -> MessageKept:
    """Take number `take` is the message; the job that says so.

    All takes keep their names in `in-progress/` until `sweep` sees the row stored. Raises
    `MessageNotKept`: the row stays as it is, and `salvage` tries again.
    """
    return place(folder, begun, folder / take_path(begun.id, take), ended_by, noted)


def discard(folder: Path, begun: MessageBegun, reason: str) -> MessageDiscarded:
    """There is no message; its recordings are set aside for some days. Raises `OSError`."""
    for path in takes(folder).get(begun.id, []):
        set_aside(folder, path)
    return MessageDiscarded(begun, datetime.now(UTC), reason)


def set_aside(folder: Path, path: Path) -> None:
    """Into `discarded/`; what is gone already is no error. Raises `OSError`."""
    (folder / DISCARDED).mkdir(exist_ok=True)
    try:
        os.utime(path)  # its days begin now
        os.rename(path, folder / DISCARDED / path.name)
    except FileNotFoundError:
        return
