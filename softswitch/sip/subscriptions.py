"""Phones that watch their mailbox: SUBSCRIBE to message-summary (RFC 3842, RFC 6665)."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from softswitch.sip.call import CallHost
from softswitch.sip.dialog import Dialog
from softswitch.sip.errors import BadHeader
from softswitch.sip.incoming import dialog_opened_by
from softswitch.sip.incoming_request import Incoming
from softswitch.sip.message import Request
from softswitch.sip.notifying import MESSAGE_SUMMARY, Notice, Notifier
from softswitch.sip.register_request import seconds_in
from softswitch.sip.registrar import MAX_EXPIRES, Registrar
from softswitch.sip.registration import answer_to_challenge
from softswitch.sip.respond import response_to
from softswitch.sip.uri import parse_name_addr, parse_uri
from softswitch.sip.validate import Refusal

DEFAULT_EXPIRES = 3600
"""Seconds granted to who names none (RFC 3842, section 3.4)."""
MAX_OF_USER = 10
"""Subscriptions of one user: a phone that starts anew leaves its old one behind, so the oldest
gives way."""
ENDED = "terminated;reason=timeout"


@dataclass(slots=True)
class Subscription:
    user: str
    event: str
    """The Event header as the phone wrote it, with its id."""
    dialog: Dialog
    tag: str
    """Ours."""
    notifier: Notifier
    expires_at: float

    @property
    def key(self) -> tuple[str, str]:
        return self.dialog.call_id, self.tag


class Subscriptions:
    """Each user may watch the mailbox of his own number."""

    def __init__(
        self, host: CallHost, registrar: Registrar, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.on_subscribe: Callable[[Subscription], None] = lambda subscription: None
        """Begun or renewed: the phone wants to know how things stand."""
        self._host = host
        self._registrar = registrar
        self._now = now
        self._held: dict[tuple[str, str], Subscription] = {}

    def __len__(self) -> int:
        return len(self._held)

    def receive(self, incoming: Incoming) -> None:
        """Any SUBSCRIBE: a new one, a renewal, or the end."""
        checked = self._checked(incoming)
        if isinstance(checked, Refusal):
            incoming.refuse(checked)
            return
        asked = seconds_in(incoming.request.header("Expires"), DEFAULT_EXPIRES)
        expires = min(asked, MAX_EXPIRES)
        checked.expires_at = self._now() + expires
        self._accept(incoming, checked, expires)
        if expires == 0:
            self._end(checked)
            return
        self._keep(checked)
        self.on_subscribe(checked)

    def tell(self, user: str, body: bytes) -> None:
        """How things stand in the mailbox of `user`."""
        now = self._now()
        for held in self._of(user):
            left = int(held.expires_at - now)
            if left > 0:
                held.notifier.tell(Notice(f"active;expires={left}", body, held.event))

    def expire(self) -> None:
        """Ends what has run out; called now and then."""
        now = self._now()
        for held in [held for held in self._held.values() if held.expires_at <= now]:
            self._end(held)

    def _checked(self, incoming: Incoming) -> Refusal | Subscription:
        request = incoming.request
        if request.header("Event").partition(";")[0].strip().lower() != MESSAGE_SUMMARY:
            return Refusal(489, "", [("Allow-Events", MESSAGE_SUMMARY)])
        user = answer_to_challenge(self._registrar, incoming)
        if isinstance(user, Refusal):
            return user
        try:
            box = parse_name_addr(request.header("To"))
            owner = parse_uri(box.uri).user
        except BadHeader as error:
            return Refusal(400, f"Bad Request - {error}")
        if owner != user:
            return Refusal(403, "")
        return self._renewed(request, box.tag, user) if box.tag else self._new(incoming, user)

    def _renewed(self, request: Request, tag: str, user: str) -> Refusal | Subscription:
        held = self._held.get((request.call_id, tag))
        if held is None or held.user != user:
            return Refusal(481, "")
        if request.cseq[0] <= held.dialog.remote_sequence:
            return Refusal(500, "")
        held.dialog.remote_sequence = request.cseq[0]
        held.dialog.follow(request)
        return held

    def _new(self, incoming: Incoming, user: str) -> Refusal | Subscription:
        if not incoming.request.headers.members("Contact"):
            return Refusal(400, "Bad Request - Missing Contact")
        dialog = dialog_opened_by(incoming)
        tag = parse_name_addr(dialog.local).tag

        def on_settled(is_taken: bool) -> None:
            if not is_taken:  # 481: the phone knows of no subscription; 408: it never answered
                self._held.pop((dialog.call_id, tag), None)

        notifier = Notifier(self._host, dialog, user, on_settled)
        return Subscription(user, incoming.request.header("Event"), dialog, tag, notifier, 0.0)

    def _accept(self, incoming: Incoming, subscription: Subscription, expires: int) -> None:
        # FreeSWITCH says 202 where RFC 6665 would have 200; phones take either.
        response = response_to(incoming.request, 202, tag=subscription.tag)
        response.headers.add("Contact", self._host.contact(subscription.user, incoming.source))
        response.headers.add("Expires", str(expires))
        response.headers.add("User-Agent", self._host.product)
        incoming.transaction().respond(response)

    def _keep(self, subscription: Subscription) -> None:
        self._held.pop(subscription.key, None)
        self._held[subscription.key] = subscription
        oldest, *others = self._of(subscription.user)
        if len(others) >= MAX_OF_USER:
            self._end(oldest)

    def _end(self, subscription: Subscription) -> None:
        self._held.pop(subscription.key, None)
        subscription.notifier.tell(Notice(ENDED, event=subscription.event))

    def _of(self, user: str) -> list[Subscription]:
        return [held for held in self._held.values() if held.user == user]
