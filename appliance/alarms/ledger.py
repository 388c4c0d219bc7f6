"""What stands, in `run/alarms.json`: kept over restarts, one process at a time.

A file, not the store: alarms must be told while the store is away.
"""

import fcntl
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from store.folders import write_whole

from .standing import Standing, from_data

log = structlog.get_logger()

_unwritten: dict[Path, tuple[float, dict[str, Standing]]] = {}
"""What a full disk would not take: else the same would be told each minute."""


class Ledger:
    def __init__(self, home: Path) -> None:
        self._path = home / "run" / "alarms.json"
        self.looked = 0.0
        """When somebody looked last."""
        self.standing: dict[str, Standing] = {}
        self._read()

    @contextmanager
    def alone(self) -> Iterator["Ledger"]:
        """Read anew, changed and kept, while no other process does so. Raises `OSError`."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with (self._path.with_suffix(".lock")).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._read()
            yield self
            self._write()

    def _read(self) -> None:
        kept = _unwritten.get(self._path)
        if kept is not None:
            self.looked, self.standing = kept
            return
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            self.standing = {entry["kind"]: from_data(entry) for entry in found["standing"]}
            self.looked = float(found["looked"])
        except FileNotFoundError:
            self.standing = {}
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("nobody knows which alarms were told", reason=str(error))
            self.standing = {}
        self._not_from_the_future()

    def _not_from_the_future(self) -> None:
        """A clock that was set back must not keep an alarm from being told."""
        now = time.time()
        self.looked = min(self.looked, now)
        for alarm in self.standing.values():
            alarm.since, alarm.gone = min(alarm.since, now), min(alarm.gone, now)
            alarm.told = {name: min(at, now) for name, at in alarm.told.items()}

    def _write(self) -> None:
        standing = [alarm.as_data() for alarm in self.standing.values()]
        data = json.dumps({"looked": self.looked, "standing": standing})
        try:
            write_whole(self._path, data.encode(), 0o600)
        except OSError as error:
            log.warning("alarms are kept in memory alone", reason=str(error))
            _unwritten[self._path] = (self.looked, self.standing)
        else:
            _unwritten.pop(self._path, None)
