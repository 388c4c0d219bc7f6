"""A call of ours."""

from collections.abc import Callable

from softswitch.sip.call import CallHost, SipCall
from softswitch.sip.client_transaction import InviteClientTransaction, cancel_for
from softswitch.sip.dialog import Dialog
from softswitch.sip.digest import Credentials, answer_challenge
from softswitch.sip.ending import Ending, EndReason, ended_by
from softswitch.sip.message import Request, Response
from softswitch.sip.phase import Phase
from softswitch.sip.renegotiation import acknowledge
from softswitch.sip.sdp import SessionDescription
from softswitch.sip.uri import Address

CHALLENGES = {
    401: ("WWW-Authenticate", "Authorization"),
    407: ("Proxy-Authenticate", "Proxy-Authorization"),
}


class OutgoingCall(SipCall):
    """Rings at the other side until it answers, refuses, or we hang up.

    A refusal comes by `on_failure` and then by `on_end`.
    """

    owns_call_id = True

    def __init__(
        self,
        host: CallHost,
        invite: Request,
        dialog: Dialog,
        contact_user: str,
        credentials: Credentials | None,
    ) -> None:
        super().__init__(host, invite, dialog, contact_user)
        self.on_ringing: Callable[[int, SessionDescription | None], None] = lambda *_: None
        """A provisional response above 100, with early media where it has a description."""
        self.on_answer: Callable[[SessionDescription | None], None] = lambda sdp: None
        self.on_failure: Callable[[int, str], None] = lambda status, phrase: None
        """Status and phrase; 408 when nobody answered, 503 when nobody is there."""
        self.last_response: Response | None = None
        """The newest one above 100: its To, Via and Contact describe the phone that rings."""
        self.local_sdp = invite.body
        self._credentials = credentials
        self._transaction: InviteClientTransaction | None = None
        self._cancel_reason: str | None = None
        self._is_cancelled = False

    def start(self, destination: Address) -> None:
        """Sends the INVITE, unless it was hung up before."""
        if self.phase is Phase.EARLY:
            self.dialog.address = self.source = destination
            self._send(self.invite)

    def _send(self, invite: Request) -> None:
        self.invite = invite
        self._transaction = self.host.endpoint.invite(
            invite, self.dialog.address, self._on_response
        )

    def _on_response(self, response: Response) -> None:
        if response.status > 100:
            self.last_response = response
        if response.status < 200:
            self._on_provisional(response)
        elif response.status < 300:
            self._on_accepted(response)
        elif not self._answer_challenge(response):
            self._on_refused(response)

    def _on_provisional(self, response: Response) -> None:
        if self._cancel_reason is not None:
            self._send_cancel()
        elif response.status > 100 and self.phase is Phase.EARLY:
            has_sdp = bool(response.body) and self.learn_sdp(response)
            self.on_ringing(response.status, self.remote_sdp if has_sdp else None)

    def _on_accepted(self, response: Response) -> None:
        if self.dialog.remote_tag:
            self._decline_fork(response)
            return
        self._join(self.dialog, response)
        self._acknowledge(response)
        if self.phase is Phase.ENDED:
            self.bye(self._cancel_reason or "")
        elif not self.learn_sdp(response):
            self._end_unread('SIP;cause=488;text="Not Acceptable Here"')
        else:
            self.phase = Phase.ANSWERED
            self.on_answer(self.remote_sdp)

    def _end_unread(self, reason: str) -> None:
        """Answered with what cannot be understood: hung up, and told as a failure."""
        self.phase = Phase.ANSWERED
        self.hangup(reason=reason)
        self._tell_failure(EndReason(Ending.FAILED, 488, "Not Acceptable Here"))

    def _join(self, dialog: Dialog, response: Response) -> None:
        dialog.remote = response.header("To")
        routes = response.headers.members("Record-Route")
        dialog.learn_routes(routes[::-1])
        dialog.follow(response)

    def _acknowledge(self, response: Response) -> None:
        assert self._transaction is not None
        acknowledge(self, self._transaction, response)

    def _decline_fork(self, response: Response) -> None:
        """A second phone answered too: it is acknowledged and hung up at once."""
        fork = Dialog(
            self.call_id,
            self.dialog.local,
            response.header("To"),
            self.dialog.target,
            self.dialog.address,
            self.dialog.sequence,
            keeps_address=self.dialog.keeps_address,
        )
        own, self.dialog = self.dialog, fork
        self._join(fork, response)
        self._acknowledge(response)
        bye = self.request("BYE")
        self.host.endpoint.request(bye, fork.address, lambda answer: None)
        self.dialog = own

    def _answer_challenge(self, response: Response) -> bool:
        names = CHALLENGES.get(response.status)
        if not names or self._credentials is None or self.phase is Phase.ENDED:
            return False
        challenge, header = names
        if self.invite.header(header):
            return False
        value = answer_challenge(
            response.headers.all(challenge), self._credentials, "INVITE", self.invite.uri
        )
        if value:
            self._send(self._again_with(header, value))
        return bool(value)

    def _again_with(self, header: str, value: str) -> Request:
        headers = self.invite.headers.copy()
        self.dialog.sequence += 1
        headers.set("Via", self.host.endpoint.via(self.dialog.address))
        headers.set("CSeq", f"{self.dialog.sequence} INVITE")
        headers.add(header, value)
        return Request(headers=headers, body=self.invite.body, method="INVITE", uri=self.invite.uri)

    def _on_refused(self, response: Response) -> None:
        self.host.forget(self)
        if self.phase is not Phase.ENDED:
            self.leave()
            self._tell_failure(ended_by(Ending.FAILED, response, response.status, response.reason))

    def _tell_failure(self, reason: EndReason) -> None:
        self.on_failure(reason.status, reason.phrase)
        self.on_end(reason)

    def fail(self, status: int, phrase: str) -> None:
        """It could not even be sent."""
        if self.phase is not Phase.ENDED:
            self.host.forget(self)
            self.leave()
            self._tell_failure(EndReason(Ending.FAILED, status, phrase))

    def hangup(self, status: int = 0, reason: str = "") -> None:
        if self.phase is Phase.ANSWERED:
            self.leave()
            self.bye(reason)
        elif self.phase is Phase.EARLY:
            self.leave()
            self._cancel_reason = reason
            self._send_cancel()

    def _send_cancel(self) -> None:
        """Only once something was heard of the other side (RFC 3261, section 9.1)."""
        transaction = self._transaction
        if transaction is None:
            self.host.forget(self)
        elif transaction.was_heard and not self._is_cancelled:
            self._is_cancelled = True
            cancel = cancel_for(self.invite)
            if self._cancel_reason:
                cancel.headers.add("Reason", self._cancel_reason)
            self.host.endpoint.request(cancel, self.dialog.address, lambda response: None)
            transaction.give_up_waiting()
