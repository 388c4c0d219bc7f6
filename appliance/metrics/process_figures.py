"""What the box's processes take of the machine, found by what they run and for which home."""

import os
from collections.abc import Iterator
from pathlib import Path

import psutil
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

NAMES = {
    "softswitch": "switch",
    "freeswitch": "switch",
    "softswitch.webrtc": "webphone",
    "appliance.callbox": "callbox",
    "appliance.worker": "worker",
    "appliance.panel": "panel",
}
"""By the module that a process runs, or its program; other modules of ours are sidecars."""
OURS = ("appliance.", "softswitch")


def processes(home: Path) -> Iterator[tuple[str, psutil.Process]]:
    """Each with its name; those of another box on the same machine are left out."""
    for process in psutil.process_iter():
        try:
            name = _name(process.cmdline())
            if name and _serves(process, home):
                yield name, process
        except psutil.Error:
            continue  # gone meanwhile, or none of our business


def families(home: Path) -> Iterator[Metric]:
    memory = GaugeMetricFamily(
        "pressline_process_memory_bytes", "Held in memory, by process.", labels=["process"]
    )
    files = GaugeMetricFamily(
        "pressline_process_open_files", "Open files and connections.", labels=["process"]
    )
    threads = GaugeMetricFamily("pressline_process_threads", "Threads.", labels=["process"])
    count = GaugeMetricFamily("pressline_processes", "Processes there are.", labels=["process"])
    cpu = CounterMetricFamily(
        "pressline_process_cpu_seconds", "Processor time that was used.", labels=["process"]
    )
    for name, found in _added_up(home).items():
        memory.add_metric([name], found["memory"])
        files.add_metric([name], found["files"])
        threads.add_metric([name], found["threads"])
        count.add_metric([name], found["count"])
        cpu.add_metric([name], found["cpu"])
    yield from (memory, files, threads, count, cpu)


def _added_up(home: Path) -> dict[str, dict[str, float]]:
    """The worker's forks count as the worker, all sidecars as one."""
    found: dict[str, dict[str, float]] = {}
    for name, process in processes(home):
        try:
            figures = _figures(process)
        except psutil.Error:
            continue
        so_far = found.setdefault(name, dict.fromkeys(figures, 0.0))
        for figure, value in figures.items():
            so_far[figure] += value
    return found


def _figures(process: psutil.Process) -> dict[str, float]:
    with process.oneshot():
        times = process.cpu_times()
        return {
            "memory": process.memory_info().rss,
            "files": process.num_fds(),
            "threads": process.num_threads(),
            "cpu": times.user + times.system,
            "count": 1.0,
        }


def _name(command: list[str]) -> str:
    if not command:
        return ""
    if Path(command[0]).name == "freeswitch":
        return "switch"
    module = command[command.index("-m") + 1] if "-m" in command[:-1] else ""
    return NAMES.get(module) or ("sidecar" if module.startswith(OURS) else "")


def _serves(process: psutil.Process, home: Path) -> bool:
    """FreeSWITCH has no home of ours; there is one on a machine. Sidecars inherit theirs."""
    if process.pid == os.getpid() or process.name() == "freeswitch":
        return True
    return Path(process.environ().get("PRESSLINE_HOME", "")).absolute() == home.absolute()
