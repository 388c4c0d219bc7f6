"""What of conference rooms blocks: tasks of the switchboard's sidecar."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from lines.rooms import recordings
from lines.rooms.lookup import rooms
from lines.rooms.signing_in import sign_in
from store.recordings import checksum
from tts_asr.errors import SpeechError
from tts_asr.repair import repair

from .home import Home
from .keeping import seconds

log = structlog.get_logger()


def conference_tasks(home: Home) -> Mapping[str, Callable[..., Any]]:
    return {
        "rooms": rooms,
        "room_sign_in": sign_in,
        "keep_room_recording": partial(keep_room_recording, home.recordings.absolute()),
    }


def keep_room_recording(folder: Path, path: Path) -> None:
    """Row first, then the move: after a crash in between, the file is found and kept again.

    Raises `StoreAway`, `OSError`.
    """
    try:
        where, room, begun = recordings.place(path.name)
        repair(path)  # a switch that was killed leaves a header without a length
    except (ValueError, SpeechError) as error:
        log.error("no recording of a conference", path=str(path), reason=str(error))
        path.rename(path.with_suffix(".odd"))
        return
    recordings.enter(recordings.Kept(where, room, begun, seconds(path), checksum(path)))
    kept = folder / where
    kept.parent.mkdir(parents=True, exist_ok=True)
    path.rename(kept)
