"""Requests from outside find their call, the registrar, or a polite refusal."""

import logging
import secrets
from collections.abc import Callable

from softswitch.sip.call import CallHost
from softswitch.sip.call_table import CallTable
from softswitch.sip.endpoint import Endpoint
from softswitch.sip.incoming import IncomingCall
from softswitch.sip.incoming_request import Incoming
from softswitch.sip.message import Request
from softswitch.sip.registrar import Registrar
from softswitch.sip.registration import answer_register, answer_to_challenge
from softswitch.sip.respond import response_to
from softswitch.sip.subscriptions import Subscriptions
from softswitch.sip.uri import parse_name_addr
from softswitch.sip.validate import ALLOW, Refusal

log = logging.getLogger(__name__)


class Reception:
    """Implements `endpoint.User`."""

    def __init__(
        self,
        host: CallHost,
        calls: CallTable,
        on_invite: Callable[[IncomingCall], None],
        registrar: Registrar | None,
        guard: Registrar | None,
        subscriptions: Subscriptions | None,
    ) -> None:
        self._host = host
        self._calls = calls
        self._on_invite = on_invite
        self._registrar = registrar
        self._guard = guard
        """Whose users may call; None when everyone may."""
        self._subscriptions = subscriptions

    @property
    def _endpoint(self) -> Endpoint:
        return self._host.endpoint

    def on_request(self, incoming: Incoming) -> None:
        request = incoming.request
        if request.method == "CANCEL":
            self._on_cancel(incoming)
        elif request.method == "SUBSCRIBE":
            self._on_subscribe(incoming)
        elif parse_name_addr(request.header("To")).tag:
            self._on_dialog_request(incoming)
        elif request.method == "INVITE":
            self._on_new_invite(incoming)
        elif request.method == "REGISTER":
            self._on_register(incoming)
        elif request.method == "OPTIONS":
            self._on_options(incoming)
        else:
            incoming.refuse(Refusal(481, ""))

    def on_ack(self, ack: Request) -> None:
        call = self._calls.find(ack)
        if call:
            call.receive_ack(ack)

    def _on_cancel(self, incoming: Incoming) -> None:
        invite = self._endpoint.find_invite(incoming)
        if invite is None:
            incoming.refuse(Refusal(481, ""))
            return
        incoming.transaction().respond(response_to(incoming.request, 200))
        invite.on_cancel(incoming.request)

    def _on_dialog_request(self, incoming: Incoming) -> None:
        call = self._calls.find(incoming.request)
        if call is None:
            incoming.refuse(Refusal(481, ""))
        else:
            call.receive(incoming)

    def _on_register(self, incoming: Incoming) -> None:
        if self._registrar:
            answer_register(self._registrar, incoming)
        else:
            incoming.refuse(Refusal(405, "", [("Allow", ALLOW)]))

    def _on_subscribe(self, incoming: Incoming) -> None:
        if self._subscriptions is not None:
            self._subscriptions.receive(incoming)
        else:
            incoming.refuse(Refusal(405, "", [("Allow", ALLOW)]))

    def _on_options(self, incoming: Incoming) -> None:
        response = response_to(incoming.request, 200, tag=secrets.token_hex(8))
        response.headers.add("Contact", self._host.contact("", incoming.source))
        response.headers.add("User-Agent", self._host.product)
        response.headers.add("Allow", ALLOW)
        response.headers.add("Accept", "application/sdp")
        incoming.transaction().respond(response)

    def _on_new_invite(self, incoming: Incoming) -> None:
        if self._endpoint.is_merged(incoming):
            incoming.refuse(Refusal(482, ""))
            return
        verdict = answer_to_challenge(self._guard, incoming) if self._guard else ""
        if isinstance(verdict, Refusal):
            incoming.refuse(verdict)
        else:
            self._offer_to_owner(IncomingCall(self._host, incoming, verdict))

    def _offer_to_owner(self, call: IncomingCall) -> None:
        if not call.learn_sdp(call.invite):
            call.refuse(488)
            return
        self._calls.remember(call)
        try:
            self._on_invite(call)
        except Exception:
            log.exception("call %s could not be taken", call.call_id)
            call.hangup(500)
