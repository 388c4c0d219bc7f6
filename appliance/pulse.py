"""Each process says that it is alive in `run/<process>.json`; `/healthz` and `doctor` read it.

Files, not the store: it must be seen that the callbox lives when the store does not.
"""

import json
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

log = structlog.get_logger()

EVERY = 5.0
"""Seconds between two beats."""
STALE = 3 * EVERY
"""Seconds after which a process is taken for dead."""


@dataclass(frozen=True, slots=True)
class Beat:
    process: str
    alive: bool
    age: float
    """Seconds since the last beat."""
    state: Mapping[str, Any]


def beat(home: Path, process: str, state: Mapping[str, Any]) -> None:
    """Also on a full disk. Raises `OSError` where nothing can be written at all."""
    file = home / "run" / f"{process}.json"
    told = {"pid": os.getpid(), "at": time.time(), **state}
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f".{process}.json")
        fresh.write_text(json.dumps(told))
        fresh.replace(file)
    except OSError:
        _overwrite(file, [told, {"pid": told["pid"], "at": told["at"]}])


def _overwrite(file: Path, versions: Sequence[Mapping[str, Any]]) -> None:
    """The first that fits into the room that the file has on the disk. Raises `OSError`."""
    room = file.stat().st_size
    for told in versions:
        data = json.dumps(told).encode()
        if len(data) <= room:
            with file.open("r+b") as old:
                old.write(data.ljust(room))
            return


def read(home: Path, process: str) -> Beat:
    try:
        state = json.loads((home / "run" / f"{process}.json").read_text())
        age = time.time() - float(state["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return Beat(process, False, float("inf"), {})
    return Beat(process, abs(age) < STALE and _runs(state.get("pid")), age, state)


def _runs(pid: Any) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, TypeError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def try_to_beat(home: Path, process: str, state: Mapping[str, Any]) -> None:
    """Where nothing can be written, the disk may be written to again at the next beat."""
    try:
        beat(home, process, state)
    except OSError as error:
        log.warning("no sign of life can be written", reason=str(error))


def keep_beating(home: Path, process: str, state: Callable[[], Mapping[str, Any]]) -> None:
    """Beat from a thread of its own until the process ends (not for a gevent process)."""

    def loop() -> None:
        while True:
            try_to_beat(home, process, state())
            time.sleep(EVERY)

    threading.Thread(target=loop, name="pulse", daemon=True).start()
