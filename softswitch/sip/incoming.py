"""A call from outside."""

import secrets
from collections.abc import Callable

from softswitch.sip.call import CallHost, SipCall
from softswitch.sip.dialog import Dialog
from softswitch.sip.ending import Ending, ended_by
from softswitch.sip.errors import BadHeader
from softswitch.sip.incoming_request import Incoming
from softswitch.sip.message import Request
from softswitch.sip.phase import Phase
from softswitch.sip.respond import response_to, tagged
from softswitch.sip.session_response import accepted, with_session
from softswitch.sip.uri import parse_name_addr, parse_uri
from softswitch.sip.via import is_behind_nat


class IncomingCall(SipCall):
    """Rings until it is answered or refused.

    `ring` and `answer` after the caller has gone do nothing: `on_end` has told.
    """

    def __init__(self, host: CallHost, incoming: Incoming, user: str = "") -> None:
        invite = incoming.request
        super().__init__(host, invite, dialog_opened_by(incoming), _user_of(invite.uri))
        self.source = incoming.source
        self.on_ack: Callable[[], None] = lambda: None
        """The caller has our answer; `remote_sdp` is now set even for a call without offer."""
        self.authenticated_user = user
        """Who proved to be the caller, where calls need authentication; else empty."""
        self._transaction = incoming.invite_transaction()
        self._transaction.on_cancel = self._cancelled
        self._hangup_reason: str | None = None
        """Hung up before the ACK: the BYE must wait for it (RFC 3261, section 15)."""
        self._transaction.respond(response_to(invite, 100))

    def ring(self, status: int = 180, sdp: bytes | None = None) -> None:
        """A provisional response; with `sdp` (usually 183) it opens early media."""
        if self.phase is Phase.EARLY:
            self.local_sdp = sdp or self.local_sdp
            response = response_to(self.invite, status, tag=self.local_tag)
            self._transaction.respond(with_session(self, response, sdp))

    def answer(self, sdp: bytes) -> None:
        if self.phase is not Phase.EARLY:
            return
        self.phase = Phase.ANSWERED
        self.local_sdp = sdp
        self._renegotiation.await_ack(self._transaction)
        self._transaction.respond(accepted(self, self.invite, sdp))

    def refuse(self, status: int, reason: str = "") -> None:
        """A final refusal; `reason` is the value of a Reason header."""
        if self.phase is Phase.EARLY:
            self._respond_finally(status, reason)
            self.leave()
            self.host.forget(self)

    def _respond_finally(self, status: int, reason: str = "") -> None:
        response = response_to(self.invite, status, tag=self.local_tag)
        response.headers.add("User-Agent", self.host.product)
        if reason:
            response.headers.add("Reason", reason)
        self._transaction.respond(response)

    def hangup(self, status: int = 0, reason: str = "") -> None:
        if self.phase is Phase.EARLY:
            self.refuse(status or 480, reason)
        elif self.phase is Phase.ANSWERED and self._renegotiation.awaits_ack:
            self.phase = Phase.ENDED
            self._hangup_reason = reason
        elif self.phase is Phase.ANSWERED:
            self.leave()
            self.bye(reason)

    def receive_ack(self, ack: Request) -> None:
        was_initial = ack.cseq[0] == self.invite.cseq[0] and self._renegotiation.awaits_ack
        super().receive_ack(ack)
        if self._hangup_reason is not None:
            reason, self._hangup_reason = self._hangup_reason, None
            self.leave()
            self.bye(reason)
        elif was_initial:
            self.on_ack()

    def _cancelled(self, request: Request) -> None:
        """The caller gave up before our answer."""
        if self.phase is Phase.EARLY:
            self._respond_finally(487)
            self.end(ended_by(Ending.CANCEL, request, 487, "Request Terminated"))

    def _serve(self, method: str, incoming: Incoming) -> None:
        if self.phase is Phase.EARLY and method == "BYE":
            self._respond_finally(487)
        super()._serve(method, incoming)


def _user_of(uri: str) -> str:
    try:
        return parse_uri(uri).user
    except BadHeader:
        return ""


def _address(header: str) -> str:
    try:
        return parse_name_addr(header).uri
    except BadHeader:
        return ""


def dialog_opened_by(incoming: Incoming) -> Dialog:
    """The dialog of an INVITE or SUBSCRIBE, with a tag of ours."""
    invite = incoming.request
    dialog = Dialog(
        call_id=invite.call_id,
        local=tagged(invite.header("To"), secrets.token_hex(8)),
        remote=invite.header("From"),
        target=_address(next(iter(invite.headers.members("Contact")), "")),
        address=incoming.source,
        sequence=secrets.randbelow(2**24),
        remote_sequence=invite.cseq[0],
        routes=invite.headers.members("Record-Route"),
        keeps_address=is_behind_nat(incoming.via, incoming.source),
    )
    dialog.target = dialog.target or _address(invite.header("From"))
    dialog.find_address()
    return dialog
