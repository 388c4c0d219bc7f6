"""Programs that answer a switch's outbound socket, each started in a process of its own."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from .errors import NotMeasured
from .exchange import Exchange

START_LIMIT = 30.0


@contextmanager
def bare_script(at: Exchange) -> Iterator[int]:
    """The process id of the baseline, answering the numbers BARE and BARE_ANSWERED."""
    with running(_script(at, "reading", at.bare_port), at.bare_port) as pid:
        yield pid


@contextmanager
def leanest_script(at: Exchange) -> Iterator[int]:
    """The process id of the baseline that reads next to nothing, answering LEANEST."""
    with running(_script(at, "searching", at.leanest_port), at.leanest_port) as pid:
        yield pid


@contextmanager
def rooms_box(at: Exchange) -> Iterator[int]:
    """The process id of the small box that the numbers of `seats` lead to."""
    command = [sys.executable, "-m", "bench.rooms_box"]
    command += [str(at.box_port), str(at.switch.esl[1])]
    surroundings = os.environ | {"ROOMS_BOX_PASSWORD": at.switch.password}
    with running(command, at.box_port, surroundings) as pid:
        yield pid


def _script(at: Exchange, kind: str, port: int) -> list[str]:
    prompts = (str(at.prompts / name) for name in ("menu.wav", "ok.wav"))
    return [sys.executable, "-m", "bench.bare_script", kind, str(port), *prompts]


@contextmanager
def running(
    command: list[str], port: int, environment: Mapping[str, str] | None = None
) -> Iterator[int]:
    """The process id of a program that listens on `port`; ended at the end.

    Raises NotMeasured, with the program's last words, when it does not listen.
    """
    with started(command, environment) as process:
        if not _comes_to_listen(process.process, port):
            raise NotMeasured(f"{command[1:3]} does not listen on port {port}: {process.said()}")
        yield process.pid


@dataclass(frozen=True, slots=True)
class Started:
    """A program of a benchmark."""

    process: subprocess.Popen[bytes]
    output: BinaryIO

    @property
    def pid(self) -> int:
        return self.process.pid

    def said(self) -> str:
        """Its last words."""
        self.output.seek(0)
        return self.output.read()[-800:].decode(errors="replace")


@contextmanager
def started(command: list[str], environment: Mapping[str, str] | None = None) -> Iterator[Started]:
    """A program, from its start on; ended at the end."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        try:
            yield Started(process, said)
        finally:
            _end(process)


def _comes_to_listen(process: subprocess.Popen[bytes], port: int) -> bool:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=15)
