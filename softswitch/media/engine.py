"""The tick: every 20 ms, on a thread of its own, all calls hear and are heard.

Control work decides the jitter, not audio: on the control loop's thread 30 ms of work would
stall every call; here it costs at most the interpreter's switch interval.
"""

import asyncio
import logging
import selectors
import threading
import time
from collections.abc import Callable
from typing import Protocol

from softswitch.media.frame import FRAME_SECONDS

log = logging.getLogger(__name__)

_ROUNDS = 16
"""Datagrams of one socket in one tick; the kernel drops what is beyond its buffer."""
_LATE = 0.2
"""Seconds of delay after which the tick gives up catching up (a suspended laptop)."""


_DEAD = 1.0
"""Seconds without a tick after which the thread counts as hanging; on a busy machine it is late."""


class Port(Protocol):
    """A call's socket. All methods run on the media thread."""

    def fileno(self) -> int: ...
    def receive(self) -> None:
        """Read one datagram."""

    def hear(self) -> None:
        """Pass one frame of the far end on."""

    def speak(self) -> None:
        """Send one frame to the far end."""


class Mixer(Protocol):
    def mix(self) -> None:
        """Between hearing and speaking: make what each member will hear."""


Callback = Callable[[], None]


class Engine:
    def __init__(self) -> None:
        self._ports: tuple[Port, ...] = ()
        self._mixers: tuple[Mixer, ...] = ()
        self._selector = selectors.DefaultSelector()
        self._lock = threading.Lock()
        self._posted: list[Callback] = []
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ticked = time.monotonic()

    @property
    def ticks(self) -> bool:
        """Whether the calls still have audio."""
        return time.monotonic() - self._ticked < _DEAD

    def start(self) -> None:
        """Begin to tick; callbacks will run on the loop that is running now."""
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._run, name="media", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=1)
        self._selector.close()

    def add(self, port: Port) -> None:
        with self._lock:
            self._selector.register(port.fileno(), selectors.EVENT_READ, port)
            self._ports = (*self._ports, port)

    def remove(self, port: Port) -> None:
        """After this the port is not touched any more."""
        with self._lock:
            if port in self._ports:
                self._selector.unregister(port.fileno())
                self._ports = tuple(other for other in self._ports if other is not port)

    def add_mixer(self, mixer: Mixer) -> None:
        with self._lock:
            self._mixers = (*self._mixers, mixer)

    def remove_mixer(self, mixer: Mixer) -> None:
        with self._lock:
            self._mixers = tuple(other for other in self._mixers if other is not mixer)

    def post(self, callback: Callback) -> None:
        """From within the tick: have the control loop call this after it."""
        self._posted.append(callback)

    def _run(self) -> None:
        due = time.monotonic()
        while not self._stopping.is_set():
            with self._lock:
                self._tick()
            self._ticked = time.monotonic()
            self._hand_over()
            due += FRAME_SECONDS
            delay = due - time.monotonic()
            if delay > 0:
                time.sleep(delay)
            elif delay < -_LATE:
                due = time.monotonic()

    def _tick(self) -> None:
        self._receive()
        for port in self._ports:
            _guarded(port.hear)
        for mixer in self._mixers:
            _guarded(mixer.mix)
        for port in self._ports:
            _guarded(port.speak)

    def _receive(self) -> None:
        """One datagram of each socket in a round: a flood takes turns with the other calls."""
        for _ in range(_ROUNDS):
            ready = self._selector.select(0)
            if not ready:
                return
            for key, _mask in ready:
                _guarded(key.data.receive)

    def _hand_over(self) -> None:
        if not self._posted or self._loop is None:
            return
        posted, self._posted = self._posted, []
        try:
            self._loop.call_soon_threadsafe(_call_all, posted)
        except RuntimeError:  # the loop has been closed: the switch is stopping
            self._stopping.set()


def _guarded(step: Callback) -> None:
    """One call's fault must not silence the others."""
    try:
        step()
    except Exception:
        log.exception("audio of one call failed")


def _call_all(callbacks: list[Callback]) -> None:
    for callback in callbacks:
        callback()
