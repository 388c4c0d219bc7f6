"""A child process for work that blocks, so that the call's loop never does.

The callbox gives it queries, synthesis and HTTP requests; each has a time limit. A child whose
work does not end is killed and replaced: nothing it does can hold a call.
"""

import itertools
import sys
import time
from collections.abc import Callable
from typing import Any

import gevent
import structlog
from gevent import socket, subprocess
from gevent.event import AsyncResult
from gevent.lock import BoundedSemaphore

from .errors import SidecarFailed, SidecarTimeout
from .framing import packed, receive
from .sidecar_beats import BEAT, Beats

log = structlog.get_logger()

SOON, LATER = 0.1, 5.0
"""Seconds until a child that ended is started anew; the next task does not wait for that."""
STEADY_AFTER = 10.0
"""Seconds that a child must have lived to be started anew soon."""
OVERDUE_BEFORE_REPLACING = 4
"""Jobs past their limit that a child may hold before it is replaced."""


OnWait = Callable[[str, float, str], None]
"""Told of each task: its name, the seconds that it took, and `timeout` or `failed` if it was."""


class Sidecar:
    """One child process running `module`, kept alive until `stop`."""

    def __init__(
        self, module: str, *arguments: str, on_wait: OnWait = lambda task, seconds, why: None
    ) -> None:
        self._on_wait = on_wait
        self._command = [sys.executable, "-m", module, *arguments]
        self._numbers = itertools.count()
        self._starting = BoundedSemaphore()
        self._child: _Child | None = None

    def start(self) -> None:
        """Start the child now, so that the first call need not wait for it."""
        self._living()

    def stop(self) -> None:
        with self._starting:
            child, self._child = self._child, None
        if child:
            child.end("the sidecar was stopped")

    @property
    def alive(self) -> bool:
        return self._child is not None and self._child.alive

    def run(self, task: str, *arguments: Any, limit: float) -> Any:
        """Run `task` in the child. `limit` is in seconds.

        Raises `SidecarTimeout`, or `SidecarFailed` when the task raised or the child died.
        """
        began, why = time.monotonic(), ""
        try:
            return self._run(task, arguments, limit)
        except SidecarTimeout:
            why = "timeout"
            raise
        except SidecarFailed:
            why = "failed"
            raise
        finally:
            self._on_wait(task, time.monotonic() - began, why)

    def _run(self, task: str, arguments: tuple[Any, ...], limit: float) -> Any:
        child = self._living()
        number = next(self._numbers)
        answer: AsyncResult[Any] = AsyncResult()
        child.waiting[number] = answer
        child.send(packed((number, task, arguments, structlog.contextvars.get_contextvars())))
        try:
            return answer.get(timeout=limit)
        except gevent.Timeout:
            self._overdue(child)
            raise SidecarTimeout(f"{task} was not done in {limit:g} s") from None
        finally:
            child.waiting.pop(number, None)

    def _living(self) -> "_Child":
        with self._starting:  # starting one yields, and each who asks meanwhile would start another
            if self._child is None or not self._child.alive:
                self._child = _Child(self._command, self._ended)
            return self._child

    def _ended(self, child: "_Child") -> None:
        """Started anew at once, so that no caller waits for it; rarely, where it cannot live."""
        pause = SOON if child.lived > STEADY_AFTER else LATER
        gevent.spawn_later(pause, self._start_again, child)

    def _start_again(self, child: "_Child") -> None:
        if self._child is child:
            self._living()

    def _overdue(self, child: "_Child") -> None:
        child.overdue += 1
        if child.overdue >= OVERDUE_BEFORE_REPLACING:
            log.warning("sidecar replaced", reason="its work does not end")
            child.end("replaced, because its work does not end")


class _Child:
    """One life of the child process."""

    def __init__(self, command: list[str], on_end: Callable[["_Child"], None]) -> None:
        self._on_end = on_end
        self._began = time.monotonic()
        ours, theirs = socket.socketpair()
        self._socket = ours
        self._process = subprocess.Popen(
            [*command, str(theirs.fileno())], pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
        )
        theirs.close()
        self.waiting: dict[int, AsyncResult[Any]] = {}
        self.overdue = 0
        self.alive = True
        self._writing = BoundedSemaphore()
        self._beats = Beats(self._process.pid, lambda: not self.alive, self._frozen)
        self._reader = gevent.spawn(self._read)

    @property
    def lived(self) -> float:
        """Seconds."""
        return time.monotonic() - self._began

    def send(self, message: bytes) -> None:
        try:
            with self._writing:  # a full socket yields in mid-message
                self._socket.sendall(message)
        except OSError:
            self.end("the sidecar died")

    def _read(self) -> None:
        try:
            while True:
                number, error, result = receive(self._socket)
                if number == BEAT:
                    self._beats.heard()
                else:
                    self._settle(number, error, result)
        except (EOFError, OSError):
            self.end("the sidecar died")

    def _settle(self, number: int, error: str | None, result: Any) -> None:
        answer = self.waiting.pop(number, None)
        if answer is None:
            self.overdue = max(0, self.overdue - 1)  # late, but it did end
        elif error is None:
            answer.set(result)
        else:
            answer.set_exception(SidecarFailed(error))

    def _frozen(self) -> None:
        log.warning("sidecar replaced", reason="it gives no sign of life")
        self.end("the sidecar gave no sign of life")

    def end(self, reason: str) -> None:
        if not self.alive:
            return
        self.alive = False
        for answer in list(self.waiting.values()):
            answer.set_exception(SidecarFailed(reason))
        self._socket.close()
        self._process.kill()
        gevent.spawn(self._process.wait)
        self._on_end(self)
