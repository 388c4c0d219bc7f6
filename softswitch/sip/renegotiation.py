"""Re-INVITE in both directions: hold, a new address, another codec (RFC 3261, section 14)."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from softswitch.sip.client_transaction import InviteClientTransaction
from softswitch.sip.ending import Ending, EndReason
from softswitch.sip.errors import BadSdp, NotAcceptable
from softswitch.sip.message import Response
from softswitch.sip.phase import Phase
from softswitch.sip.repeat import Handle
from softswitch.sip.sdp import parse_sdp
from softswitch.sip.server_transaction import InviteServerTransaction
from softswitch.sip.session_response import accepted
from softswitch.sip.validate import Refusal

if TYPE_CHECKING:
    from softswitch.sip.call import SipCall
    from softswitch.sip.incoming_request import Incoming


class Renegotiation:
    """At most one re-INVITE is under way, by either side."""

    def __init__(self, call: SipCall) -> None:
        self._call = call
        self._theirs: InviteServerTransaction | None = None
        """An INVITE of theirs whose answer they have not yet acknowledged."""
        self._ours: InviteClientTransaction | None = None
        self._waiting: bytes | None = None
        """An offer of ours to be sent when the one under way is done."""
        self._retry: Handle | None = None

    def await_ack(self, transaction: InviteServerTransaction) -> None:
        self._theirs = transaction
        transaction.on_unacknowledged = self._on_silence

    @property
    def awaits_ack(self) -> bool:
        return self._theirs is not None

    def acknowledged(self, number: int) -> bool:
        """True for the first ACK of the answer under way."""
        if self._theirs is None or self._theirs.request.cseq[0] != number:
            return False
        self._theirs.acknowledge()
        self._theirs = None
        self._send_waiting()
        return True

    def _on_silence(self) -> None:
        self._theirs = None
        self._call.bye()
        self._call.end(EndReason(Ending.TIMEOUT, 408, "no ACK"))

    def receive(self, incoming: Incoming) -> None:
        if self._call.phase is not Phase.ANSWERED:
            incoming.refuse(Refusal(500, "", [("Retry-After", "1")]))
        elif self._ours:
            incoming.refuse(Refusal(491, ""))
        elif self._theirs:
            incoming.refuse(Refusal(500, "", [("Retry-After", str(random.randint(0, 10)))]))
        else:
            self._answer(incoming)

    def _answer(self, incoming: Incoming) -> None:
        call = self._call
        try:
            sdp = self._answer_to(incoming.request.body)
        except (BadSdp, NotAcceptable):
            incoming.refuse(Refusal(488, ""))
            return
        call.dialog.follow(incoming.request)
        call.local_sdp = sdp
        transaction = incoming.invite_transaction()
        self.await_ack(transaction)
        transaction.respond(accepted(call, incoming.request, sdp))

    def _answer_to(self, body: bytes) -> bytes:
        call = self._call
        if not body:
            return call.local_sdp
        offered = parse_sdp(body)
        answer = call.on_reoffer(offered) if call.on_reoffer else call.local_sdp
        call.remote_sdp = offered
        return answer

    def offer(self, sdp: bytes) -> None:
        if self._ours or self._theirs or self._retry:
            self._waiting = sdp
        else:
            self._send(sdp)

    def _send(self, sdp: bytes) -> None:
        call = self._call
        invite = call.request("INVITE")
        invite.headers.add("Contact", call.contact)
        invite.headers.add("Content-Type", "application/sdp")
        invite.body = sdp
        self._ours = call.host.endpoint.invite(invite, call.dialog.address, self._on_response)

    def _on_response(self, response: Response) -> None:
        transaction = self._ours
        if response.status < 200 or transaction is None:
            return
        self._ours = None
        if response.status < 300:
            self._accepted(transaction, response)
        elif response.status == 491:
            self._try_later(transaction.request.body)
        elif response.status in (408, 481):
            self._call.end(EndReason(Ending.TIMEOUT, response.status, response.reason))
        self._send_waiting()

    def _accepted(self, transaction: InviteClientTransaction, response: Response) -> None:
        call = self._call
        call.dialog.follow(response)
        acknowledge(call, transaction, response)
        call.local_sdp = transaction.request.body
        if call.learn_sdp(response) and response.body and call.remote_sdp:
            call.on_reanswer(call.remote_sdp)

    def _try_later(self, sdp: bytes) -> None:
        """Both sides offered at once; the pauses of section 14.1 keep them apart."""
        self._waiting = self._waiting or sdp
        pause = random.uniform(2.1, 4.0) if self._call.owns_call_id else random.uniform(0, 2)
        self._retry = self._call.host.endpoint.later(pause, self._retried)

    def _retried(self) -> None:
        self._retry = None
        self._send_waiting()

    def _send_waiting(self) -> None:
        if self._waiting is not None and not (self._ours or self._theirs or self._retry):
            sdp, self._waiting = self._waiting, None
            self._send(sdp)

    def stop(self) -> None:
        self._waiting = None
        if self._retry:
            self._retry.cancel()
        if self._theirs:
            self._theirs.acknowledge()
            self._theirs = None


def acknowledge(call: SipCall, transaction: InviteClientTransaction, response: Response) -> None:
    """The ACK of a 2xx, inside the dialog."""
    via = call.host.endpoint.via(call.dialog.address)
    ack = call.dialog.request("ACK", via, transaction.request.cseq[0])
    for name in ("Authorization", "Proxy-Authorization"):
        for value in transaction.request.headers.all(name):
            ack.headers.add(name, value)
    transaction.acknowledge(response, ack, call.dialog.address)
