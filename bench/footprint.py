"""What the processes of a box hold: memory, open files, threads."""

from dataclasses import dataclass
from pathlib import Path

import psutil

from appliance.metrics.process_figures import processes


@dataclass(frozen=True, slots=True)
class Footprint:
    megabytes: float
    """Its share of what it has in common with others counted once (PSS)."""
    files: int
    threads: int

    def __add__(self, other: "Footprint") -> "Footprint":
        return Footprint(
            self.megabytes + other.megabytes,
            self.files + other.files,
            self.threads + other.threads,
        )


def footprint(home: Path, freeswitch: int | None = None) -> dict[str, Footprint]:
    """By process; the worker's forks are one, all sidecars too. `freeswitch`: its process id, as
    there may be others on this machine."""
    found: dict[str, Footprint] = {}
    for name, process in processes(home):
        if name == "switch" and freeswitch != process.pid and _is_freeswitch(process):
            continue
        try:
            own = _of(process)
        except psutil.Error:
            continue  # gone meanwhile
        found[name] = found[name] + own if name in found else own
    return found


def _is_freeswitch(process: psutil.Process) -> bool:
    try:
        return bool(process.name() == "freeswitch")
    except psutil.Error:
        return True


def _of(process: psutil.Process) -> Footprint:
    memory = process.memory_full_info().pss / 1e6
    return Footprint(memory, process.num_fds(), process.num_threads())
