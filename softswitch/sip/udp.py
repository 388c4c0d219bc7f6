"""One UDP socket on the event loop, with word of unreachable peers where the system gives it."""

import asyncio
import socket
import sys

from softswitch.sip.errors import PortInUse
from softswitch.sip.transport import OnDatagram, OnUnreachable
from softswitch.sip.uri import Address

_IP_RECVERR = 11
"""Linux: ICMP errors are queued per datagram. Python 3.11 has no name for it."""
_BATCH = 64
"""Datagrams read in one turn of the loop, so that a flood leaves room for others."""
_MAX_DATAGRAM = 65535


class UdpSocket:
    """Implements `transport.Transport`."""

    protocol = "UDP"
    most_transactions = 20_000
    """Some 100 calls a second over the 32 s that each is remembered."""

    def __init__(
        self,
        on_datagram: OnDatagram,
        on_unreachable: OnUnreachable,
    ) -> None:
        self._on_datagram = on_datagram
        self._on_unreachable = on_unreachable
        self._socket: socket.socket | None = None
        self.address: Address = ("", 0)

    def open(self, host: str, port: int) -> None:
        """Raises PortInUse when the address cannot be had."""
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            sock.bind((host, port))
        except (OSError, OverflowError) as error:
            sock.close()
            raise PortInUse(host, port, str(error)) from error
        sock.setblocking(False)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        if sys.platform.startswith("linux"):
            sock.setsockopt(socket.IPPROTO_IP, _IP_RECVERR, 1)
        self._socket = sock
        self.address = sock.getsockname()
        asyncio.get_running_loop().add_reader(sock, self._read)

    def close(self) -> None:
        if self._socket:
            asyncio.get_running_loop().remove_reader(self._socket)
            self._socket.close()
            self._socket = None

    def send(self, datagram: bytes, to: Address) -> None:
        """Best effort, as UDP is: what cannot be sent is repeated by its transaction."""
        for _ in range(2):
            if self._socket is None:
                return
            try:
                self._socket.sendto(datagram, to)
                return
            except BlockingIOError:
                return
            except (OSError, OverflowError, UnicodeError):
                # May be the late echo of an earlier datagram: look there, then try once more.
                self._read_errors()

    def _read(self) -> None:
        for _ in range(_BATCH):
            if self._socket is None:
                return
            try:
                datagram, source = self._socket.recvfrom(_MAX_DATAGRAM)
            except BlockingIOError:
                return
            except OSError:
                self._read_errors()
                continue
            self._on_datagram(datagram, source)

    def _read_errors(self) -> None:
        if not sys.platform.startswith("linux"):
            return
        for _ in range(_BATCH):
            if self._socket is None:
                return
            try:
                found = self._socket.recvmsg(0, 512, socket.MSG_ERRQUEUE)
            except OSError:
                return
            host, port = found[3]
            self._on_unreachable((host, port))


def own_host_towards(bound: str, peer: Address) -> str:
    """The address of ours that a peer can reach when we listen on all of them."""
    if bound not in ("0.0.0.0", ""):
        return bound
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((peer[0], peer[1] or 9))  # sends nothing: only asks for the route
        except OSError:
            return "127.0.0.1"
        host: str = probe.getsockname()[0]
        return host
