"""One call's RTP: a socket, a codec, what the far end is played and who hears it."""

import asyncio
import errno
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from softswitch.errors import NoFreePort
from softswitch.media.arrivals import CONTROL_BYTES, Arrivals, ask_for_stamps, came_at
from softswitch.media.engine import Engine
from softswitch.media.frame import SILENCE, Samples, Sink, Source
from softswitch.media.jitter import JitterBuffer
from softswitch.media.keys import Key
from softswitch.media.peer import Peer
from softswitch.media.stream import Incoming, Outgoing

Address = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed on with the far end."""

    codec: str
    payload_type: int
    event_type: int | None
    remote: Address
    may_send: bool = True


class Playing:
    """A source that is being played; `done` is set on the control loop when it has ended."""

    def __init__(self, source: Source, port: "RtpPort") -> None:
        self.source = source
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._port = port

    def stop(self) -> None:
        self._port.stop(self)
        self.ended()

    def ended(self) -> None:
        if not self.done.done():
            self.done.set_result(None)


class RtpPort:
    """Methods marked so run on the media thread; the others on the control loop."""

    def __init__(self, engine: Engine, host: str, numbers: Iterator[int]) -> None:
        """Binds the first free port of `numbers`. Raises `NoFreePort`."""
        self._engine = engine
        self._socket = bound(host, numbers)
        self.address: Address = self._socket.getsockname()[:2]
        self.on_key: Callable[[Key], None] = lambda key: None
        self._incoming = Incoming()
        self._outgoing: Outgoing | None = None
        self._peer: Peer | None = None
        self._heard = JitterBuffer()
        self._sinks: tuple[Sink, ...] = ()
        self._taps: tuple[Sink, ...] = ()
        self._playing: tuple[Playing, ...] = ()
        self._playing_lock = threading.Lock()
        self.last_heard: Samples = SILENCE
        self.last_packet = time.monotonic()
        """When the far end was last heard of, on the monotonic clock."""
        self.packets_in = 0
        self.packets_out = 0
        self._open = False

    @property
    def arrivals(self) -> Arrivals:
        return self._incoming.arrivals

    @property
    def ssrc(self) -> int:
        return self._outgoing.ssrc if self._outgoing else 0

    @property
    def takes_keys(self) -> bool:
        """Whether the far end understands RFC 4733."""
        return self._outgoing is not None and self._outgoing.takes_keys

    def connect(self, terms: Terms, signalled_from: str) -> None:
        """Begin, or go on under new terms. `signalled_from`: the host that SIP comes from."""
        self._incoming.agree(terms.codec, terms.payload_type, terms.event_type)
        if self._outgoing is None:
            self._outgoing = Outgoing()
        self._outgoing.agree(terms.codec, terms.payload_type, terms.event_type)
        self._outgoing.may_send = terms.may_send
        self._peer = Peer(terms.remote, {terms.remote[0], signalled_from})
        self.last_packet = time.monotonic()
        if not self._open:
            self._open = True
            self._engine.add(self)

    def close(self) -> None:
        self._engine.remove(self)
        self._socket.close()
        for playing in self._playing:
            playing.ended()

    def play(self, source: Source) -> Playing:
        """Let the far end hear `source`; what it heard before waits until this has ended."""
        playing = Playing(source, self)
        with self._playing_lock:
            self._playing = (*self._playing, playing)
        return playing

    def stop(self, playing: Playing) -> None:
        with self._playing_lock:
            self._playing = tuple(other for other in self._playing if other is not playing)

    def add_sink(self, sink: Sink) -> None:
        """From now on `sink` hears the far end."""
        self._sinks = (*self._sinks, sink)

    def remove_sink(self, sink: Sink) -> None:
        self._sinks = tuple(other for other in self._sinks if other is not sink)

    def add_tap(self, tap: Sink) -> None:
        """From now on `tap` hears what is played to the far end."""
        self._taps = (*self._taps, tap)

    def remove_tap(self, tap: Sink) -> None:
        self._taps = tuple(other for other in self._taps if other is not tap)

    def send_key(self, key: Key) -> None:
        if self._outgoing is not None:
            self._outgoing.send_key(key)

    # The media thread.

    def fileno(self) -> int:
        return self._socket.fileno()

    def receive(self) -> None:
        try:
            data, control, _, source = self._socket.recvmsg(2048, CONTROL_BYTES)
        except (BlockingIOError, ConnectionError):
            return
        if self._peer is not None and self._peer.accepts(source[:2]):
            self._take(data, came_at(control))

    def _take(self, data: bytes, at: float) -> None:
        heard = self._incoming.take(data, at)
        if heard is None:
            return
        self.packets_in += 1
        self.last_packet = time.monotonic()
        for item in heard:
            if isinstance(item, Key):
                self._engine.post(partial(self._tell_key, item))
            else:
                self._heard.push(item)

    def _tell_key(self, key: Key) -> None:
        """On the control loop again."""
        self.on_key(key)

    def hear(self) -> None:
        frame = self._heard.pull()
        self.last_heard = frame
        for sink in self._sinks:
            sink.push(frame)

    def speak(self) -> None:
        frame = self._next_frame()
        for tap in self._taps:
            tap.push(SILENCE if frame is None else frame)
        if self._outgoing is None or self._peer is None:
            return
        for packet in self._outgoing.packets(frame):
            self._send(packet, self._peer.address)

    def _send(self, packet: bytes, to: Address) -> None:
        try:
            self._socket.sendto(packet, to)
            self.packets_out += 1
        except OSError:  # a full buffer or nobody there: audio is not repeated
            pass

    def _next_frame(self) -> Samples | None:
        while self._playing:
            playing = self._playing[-1]
            frame = playing.source.pull()
            if frame is not None:
                return frame
            self.stop(playing)
            self._engine.post(playing.ended)
        return None


def bound(host: str, numbers: Iterator[int]) -> socket.socket:
    """A UDP socket on the first free port. Raises `NoFreePort`."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setblocking(False)
    ask_for_stamps(sock)
    for number in numbers:
        try:
            sock.bind((host, number))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                continue
            sock.close()
            raise NoFreePort(f"RTP cannot listen on {host}:{number}: {error}") from error
        return sock
    sock.close()
    raise NoFreePort(f"every RTP port on {host} is taken")
