"""Where datagrams become transactions and back (RFC 3261, sections 17 and 18)."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from typing import Protocol

from softswitch.sip.client_transaction import (
    ClientTransaction,
    InviteClientTransaction,
    OnResponse,
)
from softswitch.sip.errors import BadHeader, BadMessage
from softswitch.sip.incoming_request import Incoming, S, origin_of
from softswitch.sip.message import Request, Response
from softswitch.sip.parse import parse
from softswitch.sip.repeat import Handle
from softswitch.sip.server_transaction import InviteServerTransaction, ServerTransaction
from softswitch.sip.timers import Timers
from softswitch.sip.transport import MakeTransport
from softswitch.sip.udp import UdpSocket, own_host_towards
from softswitch.sip.uri import Address
from softswitch.sip.validate import Refusal, check_request, is_sound_response
from softswitch.sip.via import MAGIC, note_source, parse_via

log = logging.getLogger(__name__)


class User(Protocol):
    """Who deals with requests above the transactions."""

    def on_request(self, incoming: Incoming) -> None: ...

    def on_ack(self, ack: Request) -> None: ...


class Endpoint:
    """A SIP socket with its transactions. Implements `repeat.Wire`."""

    def __init__(self, user: User, timers: Timers, make: MakeTransport = UdpSocket) -> None:
        self.timers = timers
        self._user = user
        self._socket = make(self._on_datagram, self._on_unreachable)
        self._clients: dict[str, ClientTransaction] = {}
        self._servers: dict[str, ServerTransaction] = {}
        self._origins: set[tuple[str, str, str]] = set()
        """What tells an INVITE that came by two ways from two INVITEs (section 8.2.2.2)."""

    @property
    def address(self) -> Address:
        return self._socket.address

    @property
    def protocol(self) -> str:
        """As a Via header names it."""
        return self._socket.protocol

    def open(self, host: str, port: int) -> None:
        self._socket.open(host, port)

    def close(self) -> None:
        for client in list(self._clients.values()):
            client.close()
        for server in list(self._servers.values()):
            server.close()
        self._socket.close()

    def send(self, datagram: bytes, to: Address) -> None:
        self._socket.send(datagram, to)

    def later(self, seconds: float, call: Callable[[], None]) -> Handle:
        return asyncio.get_running_loop().call_later(seconds, call)

    def own_address(self, peer: Address) -> Address:
        host, port = self._socket.address
        return own_host_towards(host, peer), port

    def via(self, peer: Address) -> str:
        host, port = self.own_address(peer)
        branch = MAGIC + secrets.token_hex(8)
        return f"SIP/2.0/{self.protocol} {host}:{port};rport;branch={branch}"

    def request(self, request: Request, to: Address, on_response: OnResponse) -> None:
        client = ClientTransaction(self, request, to, on_response, self._client_gone)
        self._clients[client_key(request)] = client

    def invite(
        self, request: Request, to: Address, on_response: OnResponse
    ) -> InviteClientTransaction:
        client = InviteClientTransaction(self, request, to, on_response, self._client_gone)
        self._clients[client_key(request)] = client
        return client

    def find_invite(self, incoming: Incoming) -> InviteServerTransaction | None:
        """The INVITE that a CANCEL means: same branch, same sender."""
        found = self._servers.get(incoming.key.removesuffix("CANCEL") + "INVITE")
        return found if isinstance(found, InviteServerTransaction) else None

    def open_server(self, incoming: Incoming, kind: type[S]) -> S:
        server = kind(self, incoming.request, incoming.reply_to, self._server_gone, incoming.key)
        self._servers[incoming.key] = server
        if incoming.request.method == "INVITE":
            self._origins.add(origin_of(incoming.request))
        return server

    def is_merged(self, incoming: Incoming) -> bool:
        """Whether this very INVITE already came by another way, or in a loop."""
        return origin_of(incoming.request) in self._origins

    def _client_gone(self, client: ClientTransaction) -> None:
        self._clients.pop(client_key(client.request), None)

    def _server_gone(self, server: ServerTransaction) -> None:
        self._servers.pop(server.key, None)
        self._origins.discard(origin_of(server.request))

    def _on_unreachable(self, peer: Address) -> None:
        for client in [c for c in self._clients.values() if c.to == peer]:
            client.fail(503, "Service Unavailable")

    def _on_datagram(self, datagram: bytes, source: Address) -> None:
        try:
            message = parse(datagram)
            if isinstance(message, Response):
                self._on_response(message)
            else:
                via = note_source(message, source)
                self._on_request(Incoming(self, message, via, source))
        except (BadMessage, BadHeader) as error:
            log.debug("datagram from %s:%d dropped: %s", *source, error)
        except Exception:
            # One peer's message must never end the calls of the others.
            log.exception("a SIP message from %s:%d could not be dealt with", *source)

    def _on_response(self, response: Response) -> None:
        vias = response.headers.members("Via")
        if len(vias) != 1 or not is_sound_response(response):
            return
        client = self._clients.get(f"{parse_via(vias[0]).branch} {response.cseq[1]}")
        if client:
            client.receive(response)

    def _on_request(self, incoming: Incoming) -> None:
        if incoming.request.method == "ACK":
            self._on_ack(incoming)
            return
        known = self._servers.get(incoming.key)
        if known:
            known.receive_copy()
            return
        refusal = check_request(incoming.request)
        if refusal is None and len(self._servers) >= self._socket.most_transactions:
            refusal = Refusal(503, "Service Unavailable", [("Retry-After", "32")])
        if refusal:
            incoming.refuse(refusal)
        else:
            self._user.on_request(incoming)

    def _on_ack(self, incoming: Incoming) -> None:
        known = self._servers.get(incoming.key.removesuffix("ACK") + "INVITE")
        if isinstance(known, InviteServerTransaction) and known.was_refused:
            known.acknowledge()
        elif check_request(incoming.request) is None:
            self._user.on_ack(incoming.request)


def client_key(request: Request) -> str:
    """RFC 3261, section 17.1.3: branch and method."""
    return f"{parse_via(request.header('Via')).branch} {request.cseq[1]}"
