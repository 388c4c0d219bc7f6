"""Each process says that it is alive in `run/<process>.json`; `/healthz` and `doctor` read it.

Files, not the store: it must be seen that the callbox lives when the store does not.
"""

import json
import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    folder = home / "run"
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".{process}.json"
    fresh.write_text(json.dumps({"pid": os.getpid(), "at": time.time(), **state}))
    fresh.replace(folder / f"{process}.json")


def read(home: Path, process: str) -> Beat:
    try:
        state = json.loads((home / "run" / f"{process}.json").read_text())
        age = time.time() - float(state["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return Beat(process, False, float("inf"), {})
    return Beat(process, age < STALE and _runs(state.get("pid")), age, state)


def _runs(pid: Any) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, TypeError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def keep_beating(home: Path, process: str, state: Callable[[], Mapping[str, Any]]) -> None:
    """Beat from a thread of its own until the process ends (not for a gevent process)."""

    def loop() -> None:
        while True:
            beat(home, process, state())
            time.sleep(EVERY)

    threading.Thread(target=loop, name="pulse", daemon=True).start()
