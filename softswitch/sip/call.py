"""What calls in both directions have in common: their dialog, its requests, its end."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

from softswitch.sip.dialog import Dialog
from softswitch.sip.ending import Ending, EndReason, ended_by
from softswitch.sip.endpoint import Endpoint
from softswitch.sip.errors import BadHeader, BadSdp
from softswitch.sip.incoming_request import Incoming
from softswitch.sip.message import Message, Request, Response
from softswitch.sip.phase import Phase
from softswitch.sip.referral import FORBIDDEN, FRAGMENT, Referral, referral_of
from softswitch.sip.renegotiation import Renegotiation
from softswitch.sip.respond import response_to
from softswitch.sip.sdp import SessionDescription, parse_sdp
from softswitch.sip.uri import Address, parse_name_addr
from softswitch.sip.validate import ALLOW, Refusal

log = logging.getLogger(__name__)


class CallHost(Protocol):
    """The user agent, as its calls see it."""

    endpoint: Endpoint
    product: str

    def contact(self, user: str, peer: Address) -> str: ...

    def forget(self, call: SipCall) -> None: ...


class SipCall:
    """One call. Callbacks run on the loop and are set by the owner.

    `on_end` is called once when the other side or the network ends the call, and never after
    a `hangup` of the owner's own. Names, numbers and headers come from outside: hostile.
    """

    owns_call_id = False
    """Whether the call is of our making: decides who gives way when both offer at once."""

    def __init__(self, host: CallHost, invite: Request, dialog: Dialog, contact_user: str) -> None:
        self.on_end: Callable[[EndReason], None] = lambda reason: None
        self.on_reoffer: Callable[[SessionDescription], bytes] | None = None
        """A new offer in a running call (hold, another address); gives the answer, or raises
        NotAcceptable. Without it the last description of ours is the answer."""
        self.on_reanswer: Callable[[SessionDescription], None] = lambda answer: None
        """The other side's answer to our `reinvite`."""
        self.on_refer: Callable[[Referral], str] = lambda referral: FORBIDDEN
        """The other side wants somebody transferred; gives status and phrase of what came of
        it, for the NOTIFY."""
        self.on_info: Callable[[str, bytes], None] = lambda kind, body: None
        """SIP INFO: content type in lower case without parameters, body."""
        self.invite = invite
        self.remote_sdp: SessionDescription | None = None
        self.local_sdp = b""
        self.phase = Phase.EARLY
        self.dialog = dialog
        self.source = dialog.address
        """Where the other side's SIP came from, or where our INVITE went to."""
        self.local_tag = parse_name_addr(dialog.local).tag
        self.host = host
        self._contact_user = contact_user
        self._renegotiation = Renegotiation(self)

    @property
    def call_id(self) -> str:
        return self.dialog.call_id

    @property
    def request_uri(self) -> str:
        return self.invite.uri

    @property
    def local_uri(self) -> str:
        return parse_name_addr(self.dialog.local).uri

    @property
    def remote_uri(self) -> str:
        return parse_name_addr(self.dialog.remote).uri

    @property
    def remote_name(self) -> str:
        return parse_name_addr(self.dialog.remote).name

    @property
    def contact(self) -> str:
        return self.host.contact(self._contact_user, self.dialog.address)

    def hangup(self, status: int = 0, reason: str = "") -> None:
        """Ends the call by what its state asks for: BYE, CANCEL or a refusal. Idempotent.

        `status` is for a refusal; `reason` is the value of a Reason header (RFC 3326).
        """
        raise NotImplementedError

    def reinvite(self, offer: bytes) -> None:
        """A new offer in the answered call; the answer comes by `on_reanswer`."""
        if self.phase is Phase.ANSWERED:
            self._renegotiation.offer(offer)

    def request(self, method: str, reason: str = "") -> Request:
        made = self.dialog.request(method, self.host.endpoint.via(self.dialog.address))
        made.headers.add("User-Agent", self.host.product)
        if reason:
            made.headers.add("Reason", reason)
        return made

    def send_info(self, kind: str, body: bytes) -> None:
        """SIP INFO with this content type; used for keys (application/dtmf-relay)."""
        info = self.request("INFO")
        info.headers.add("Content-Type", kind)
        info.body = body
        self.host.endpoint.request(info, self.dialog.address, lambda response: None)

    def receive(self, incoming: Incoming) -> None:
        """A request inside the dialog."""
        number, method = incoming.request.cseq
        if number <= self.dialog.remote_sequence:
            incoming.refuse(Refusal(500, "Server Internal Error"))
        elif self.phase is Phase.ENDED and method != "BYE":
            incoming.refuse(Refusal(481, ""))
        else:
            self.dialog.remote_sequence = number
            self._serve(method, incoming)

    def _serve(self, method: str, incoming: Incoming) -> None:
        if method == "INVITE":
            self._renegotiation.receive(incoming)
            return
        if method == "REFER":
            self._refer(incoming)
            return
        if method not in ("BYE", "INFO", "OPTIONS"):
            incoming.refuse(Refusal(405, "", [("Allow", ALLOW)]))
            return
        request = incoming.request
        incoming.transaction().respond(response_to(request, 200))
        if method == "BYE":
            self.end(ended_by(Ending.BYE, request))
        elif method == "INFO":
            kind = request.header("Content-Type").partition(";")[0].strip().lower()
            self.on_info(kind, request.body)

    def _refer(self, incoming: Incoming) -> None:
        request = incoming.request
        try:
            referral = referral_of(request)
        except BadHeader as error:
            log.info("call %s: %s", self.call_id, error)
            incoming.refuse(Refusal(400, "Bad Request - Refer-To"))
            return
        response = response_to(request, 202)
        response.headers.add("Contact", self.contact)
        incoming.transaction().respond(response)
        # Prepared first: what comes of it may end this call.
        notify = self.request("NOTIFY")
        notify.headers.add("Contact", self.contact)
        notify.headers.add("Event", f"refer;id={request.cseq[0]}")
        notify.headers.add("Subscription-State", "terminated;reason=noresource")
        notify.headers.add("Content-Type", FRAGMENT)
        status = self.on_refer(referral) if self.phase is Phase.ANSWERED else FORBIDDEN
        notify.body = f"SIP/2.0 {status}\r\n".encode()
        self.host.endpoint.request(notify, self.dialog.address, lambda response: None)

    def receive_ack(self, ack: Request) -> None:
        if self._renegotiation.acknowledged(ack.cseq[0]):
            self.learn_sdp(ack)

    def learn_sdp(self, message: Message) -> bool:
        """Takes over the session description of a message. False when it has a broken one."""
        if not message.body:
            return True
        try:
            self.remote_sdp = parse_sdp(message.body)
        except BadSdp as error:
            log.info("call %s: %s", self.call_id, error)
            return False
        return True

    def bye(self, reason: str = "") -> None:
        self.host.endpoint.request(
            self.request("BYE", reason), self.dialog.address, self._on_bye_answered
        )

    def _on_bye_answered(self, response: Response) -> None:
        if response.status >= 200:
            self.host.forget(self)

    def end(self, reason: EndReason) -> None:
        """The other side ended it."""
        was_alive = self.phase is not Phase.ENDED
        self.leave()
        self.host.forget(self)
        if was_alive:
            self.on_end(reason)

    def leave(self) -> None:
        """From here on nothing is renegotiated and nobody is called back."""
        self.phase = Phase.ENDED
        self._renegotiation.stop()
