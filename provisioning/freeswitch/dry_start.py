"""FreeSWITCH started for a moment with the same configuration on ports of its own."""

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from .errors import ConfigurationInvalid
from .facts import Facts, Listening
from .rendering import render
from .writing import ensure_surroundings, install

HERE: Final = "127.0.0.1"
LIMIT: Final = 60.0
"""Seconds until it listens."""
FOLDERS: Final = (
    *("conf", "log", "run", "db", "recordings", "sounds", "storage", "cache", "grammar"),
    *("scripts", "certs", "htdocs"),
)
TROUBLE: Final = re.compile(r"\[(?:ERR|CRIT|ALERT)\] (.*)")


def program() -> str | None:
    """Where FreeSWITCH is, by FREESWITCH_BIN or on the PATH."""
    return os.environ.get("FREESWITCH_BIN") or shutil.which("freeswitch")


def dry_start(facts: Facts) -> str:
    """What was seen, in words. Raises `ConfigurationInvalid`.

    Without gateways: a scratch copy must not register anywhere in the box's name.
    """
    found = program()
    if found is None:
        return "The files are well formed. No FreeSWITCH is here to be started with them."
    with tempfile.TemporaryDirectory(prefix="pressline-switch-") as folder:
        faults = _faults_of_a_start(found, Path(folder), facts)
    if faults:
        raise ConfigurationInvalid(faults)
    return "FreeSWITCH starts with it, and has nothing to say against it."


def command(binary: str, home: Path) -> list[str]:
    """The words that start FreeSWITCH with every folder of its own below `home`, and make these."""
    modules = Path(binary).resolve().parent.parent / "lib" / "freeswitch" / "mod"
    words = [binary, "-np", "-nonat", "-nf", "-nc", "-temp", str(home)]
    words += ["-mod", str(modules)] if modules.is_dir() else []
    for folder in FOLDERS:
        if not (home / folder).exists():
            (home / folder).mkdir()
        words += [f"-{folder}", str(home / folder)]
    return words


def _faults_of_a_start(binary: str, home: Path, facts: Facts) -> Sequence[str]:
    scratch = replace(facts, folder=home, gateways=(), listening=_elsewhere(facts.listening))
    ensure_surroundings(scratch)
    install(home, render(scratch))
    words = command(binary, home)
    with (home / "output").open("wb") as output:
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        late = _until_it_listens(process, scratch.listening.event_socket)
    finally:
        _end(process)
    log = home / "log" / "freeswitch.log"
    told = log.read_text(errors="replace") if log.exists() else ""
    return [*late, *dict.fromkeys(TROUBLE.findall(told))]


def _elsewhere(on: Listening) -> Listening:
    ports = [_free_port() for _ in range(6)]
    return replace(
        on,
        host=HERE,
        phones=ports[0],
        trunks=ports[1],
        tls=on.tls and ports[2],
        wss=on.wss and ports[3],
        inside=on.inside and (HERE, ports[4]),
        public_ip="",
        event_socket=(HERE, ports[5]),
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        port: int = probe.getsockname()[1]
        return port


def _until_it_listens(process: "subprocess.Popen[bytes]", where: tuple[str, int]) -> list[str]:
    deadline = time.monotonic() + LIMIT
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(where) == 0:
                return []
        time.sleep(0.1)
    return [f"it takes no commands within {LIMIT:.0f} s" if process.poll() is None else "it ended"]


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
