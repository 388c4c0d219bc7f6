"""A request from outside with all that is needed to answer it."""

import hashlib
from typing import Protocol, TypeVar

from softswitch.sip.message import Request
from softswitch.sip.respond import response_to
from softswitch.sip.server_transaction import InviteServerTransaction, ServerTransaction
from softswitch.sip.uri import Address
from softswitch.sip.validate import Refusal
from softswitch.sip.via import MAGIC, Via, reply_address

S = TypeVar("S", bound=ServerTransaction)


class Opener(Protocol):
    """The endpoint, as its requests see it."""

    def send(self, datagram: bytes, to: Address) -> None: ...

    def open_server(self, incoming: "Incoming", kind: type[S]) -> S: ...


class Incoming:
    __slots__ = ("_endpoint", "key", "reply_to", "request", "source", "via")

    def __init__(self, endpoint: Opener, request: Request, via: Via, source: Address) -> None:
        self._endpoint = endpoint
        self.request = request
        self.via = via
        self.source = source
        self.reply_to = reply_address(via, source)
        self.key = server_key(request, via)

    def refuse(self, refusal: Refusal) -> None:
        """Answers without keeping state: a copy of the request is answered alike (8.2.7)."""
        if self.request.method == "ACK":
            return
        tag = hashlib.blake2b(self.key.encode(), digest_size=6).hexdigest()
        response = response_to(self.request, refusal.status, refusal.reason, tag=tag)
        for name, value in refusal.headers:
            response.headers.add(name, value)
        self._endpoint.send(response.to_bytes(), self.reply_to)

    def transaction(self) -> ServerTransaction:
        return self._endpoint.open_server(self, ServerTransaction)

    def invite_transaction(self) -> InviteServerTransaction:
        return self._endpoint.open_server(self, InviteServerTransaction)


def server_key(request: Request, via: Via) -> str:
    """RFC 3261, section 17.2.3: branch, sender and method; for old peers what RFC 2543 had."""
    branch = via.branch
    if not branch.startswith(MAGIC) or branch == MAGIC:
        sender = request.header("From").partition("tag=")[2]
        branch = f"{branch}|{request.call_id}|{request.cseq[0]}|{sender}"
    return f"{branch} {via.sent_by} {request.method}"


def origin_of(request: Request) -> tuple[str, str, str]:
    return request.call_id, request.header("From"), request.header("CSeq")
