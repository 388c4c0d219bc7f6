"""The server that the switch connects to for every call (`socket host:port async full`)."""

import logging
from collections.abc import Callable

from gevent import socket
from gevent.pool import Pool
from gevent.server import StreamServer

from esl.absence import Absences
from esl.call import EslCall
from esl.errors import EslError, ListenFailed
from esl.session import CallSession
from ivr_flows.ports import CallEnded, CallError

log = logging.getLogger(__name__)


class OutboundServer:
    """One greenlet for each call; running out of file descriptors only delays new calls."""

    def __init__(
        self,
        address: tuple[str, int],
        on_call: Callable[[EslCall], None],
        *,
        profile: str = "internal",
        absences: Absences | None = None,
    ) -> None:
        """`on_call` runs the call; when it returns the call is hung up if it still lives.

        `profile`: the switch's SIP profile that bridges leave by. `absences`: where calls are that
        sit in a room without a connection, if any may.
        """
        self._asked = address
        self._on_call = on_call
        self._profile = profile
        self._absences = absences
        self._pool = Pool()
        self._live: set[EslCall] = set()
        self._server = StreamServer(address, self._handle, spawn=self._pool)

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens; the real port when 0 was asked for."""
        host, port = self._asked
        return host, self._server.server_port or port

    @property
    def calls(self) -> frozenset[EslCall]:
        """The calls that are live now."""
        return frozenset(self._live)

    def start(self) -> None:
        """Listen. Raises `ListenFailed`."""
        try:
            self._server.start()
        except OSError as fault:
            host, port = self._asked
            raise ListenFailed(
                f"cannot listen for calls on {host}:{port} ({fault.strerror or fault}): "
                "is another Pressline running, or is the address not this machine's?"
            ) from fault

    def stop(self, limit: float) -> None:
        """Take no new calls, let the live ones end for `limit` seconds, then leave them to the
        switch's last resort; those that we have placed end there."""
        self._server.close()  # and not only `stop_accepting`: who comes must be refused
        if not self._pool.join(timeout=limit):
            for call in self.calls:
                self._pool.spawn(call.leave)
            self._pool.join(timeout=limit)
        self._server.stop(timeout=0)

    def _handle(self, sock: socket.socket, client_address: object) -> None:
        session = CallSession(sock)
        try:
            description = session.open()
        except EslError as fault:
            log.warning("a connection from %s brought no call: %s", client_address, fault)
            session.stop()
            return
        if self._absences is not None and self._absences.came(session, description):
            session.closed.wait()  # its own greenlet goes on with it; ours holds the socket open
            return
        self._serve(EslCall(session, description, self._profile, self._absences))

    def _serve(self, call: EslCall) -> None:
        self._live.add(call)
        try:
            self._on_call(call)
        except CallEnded:
            pass  # nobody is left to be told
        except CallError as fault:
            log.warning("call %s: %s", call.id, fault)
        except Exception:
            log.exception("call %s: its program failed", call.id)
        finally:
            self._live.discard(call)
            call.close()
