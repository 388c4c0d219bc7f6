"""The user agent: SIP over UDP on one socket, calls in and out, registrations."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from urllib.parse import quote

from softswitch.sip.call import SipCall
from softswitch.sip.client_registration import register
from softswitch.sip.dialog import Dialog
from softswitch.sip.digest import Credentials
from softswitch.sip.endpoint import Endpoint, Incoming
from softswitch.sip.incoming import IncomingCall
from softswitch.sip.message import Request
from softswitch.sip.outgoing import OutgoingCall
from softswitch.sip.registrar import Registrar
from softswitch.sip.registration import answer_register, answer_to_invite_challenge
from softswitch.sip.respond import response_to
from softswitch.sip.timers import Timers
from softswitch.sip.uri import Address, is_ip, parse_name_addr, parse_uri, quoted_name
from softswitch.sip.validate import ALLOW, Refusal

log = logging.getLogger(__name__)

_SWEEP = 1.0
"""Seconds between two looks at expired registrations."""


class UserAgent:
    """Implements `endpoint.User` and `call.CallHost`."""

    def __init__(
        self,
        *,
        on_invite: Callable[[IncomingCall], None],
        registrar: Registrar | None = None,
        calls_need_auth: bool = False,
        product: str = "Pressline-Softswitch",
        timers: Timers | None = None,
    ) -> None:
        self.product = product
        self.endpoint = Endpoint(self, timers or Timers())
        self._on_invite = on_invite
        self._registrar = registrar
        self._calls_need_auth = calls_need_auth
        self._calls: dict[tuple[str, str], SipCall] = {}
        """By Call-ID and our tag."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._quiet = asyncio.Event()
        """Set while there is no call."""
        self._quiet.set()

    @property
    def address(self) -> Address:
        """Host and port that we listen on."""
        return self.endpoint.address

    @property
    def calls(self) -> list[SipCall]:
        return list(self._calls.values())

    async def start(self, host: str, port: int) -> None:
        """Listens; port 0 asks the system for a free one. Raises PortInUse."""
        self.endpoint.open(host, port)
        if self._registrar:
            self._spawn_sweeper(self._registrar)

    def _spawn_sweeper(self, registrar: Registrar) -> None:
        async def sweep() -> None:
            while True:
                await asyncio.sleep(_SWEEP)
                registrar.expire()

        self._keep(asyncio.get_running_loop().create_task(sweep()))

    def _keep(self, task: "asyncio.Task[None]") -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Hangs up every call (one datagram each, not repeated) and closes the socket."""
        for call in self.calls:
            call.hangup()
        for task in list(self._tasks):
            task.cancel()
        self.endpoint.close()
        self._calls.clear()

    def contact(self, user: str, peer: Address) -> str:
        host, port = self.endpoint.own_address(peer)
        at = f"{user_part(user)}@" if user else ""
        return f"<sip:{at}{host}:{port};transport=udp>"

    def remember(self, call: SipCall) -> None:
        self._calls[call.call_id, call.local_tag] = call
        self._quiet.clear()

    def forget(self, call: SipCall) -> None:
        self._calls.pop((call.call_id, call.local_tag), None)
        if not self._calls:
            self._quiet.set()

    async def drain(self, limit: float) -> None:
        """Waits until every call is over and its BYE answered, at most `limit` seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._quiet.wait(), limit)

    def invite(
        self,
        uri: str,
        *,
        offer: bytes,
        from_uri: str,
        from_name: str = "",
        headers: Mapping[str, str] | None = None,
        credentials: Credentials | None = None,
        destination: Address | None = None,
    ) -> OutgoingCall:
        """Calls `uri`; set the callbacks before going back to the loop.

        Raises BadHeader for an address that is none. `destination` is where to send the
        INVITE instead of the address's own host and port.
        """
        target = parse_uri(uri)
        sender = parse_uri(from_uri)
        local = f"{quoted_name(from_name) + ' ' if from_name else ''}<{from_uri}>"
        dialog = Dialog(
            call_id=secrets.token_hex(16),
            local=f"{local};tag={secrets.token_hex(8)}",
            remote=f"<{uri}>",
            target=uri,
            address=destination or target.address,
            sequence=secrets.randbelow(2**24),
            keeps_address=destination is not None and destination != target.address,
        )
        invite = self._invite_request(dialog, sender.user, offer, headers or {})
        call = OutgoingCall(self, invite, dialog, sender.user, credentials)
        self.remember(call)
        self._keep(asyncio.get_running_loop().create_task(self._launch(call, dialog.address)))
        return call

    def _invite_request(
        self, dialog: Dialog, user: str, offer: bytes, headers: Mapping[str, str]
    ) -> Request:
        invite = dialog.request("INVITE", self.endpoint.via(dialog.address))
        for name, value in self._own_headers(user, dialog.address):
            invite.headers.add(name, value)
        for name, value in headers.items():
            invite.headers.set(name, value)
        if offer:
            invite.headers.add("Content-Type", "application/sdp")
            invite.body = offer
        return invite

    def _own_headers(self, user: str, peer: Address) -> list[tuple[str, str]]:
        return [
            ("Contact", self.contact(user, peer)),
            ("User-Agent", self.product),
            ("Allow", ALLOW),
        ]

    async def _launch(self, call: OutgoingCall, destination: Address) -> None:
        try:
            found = await resolve(destination)
        except OSError:
            call.fail(503, f"{destination[0]} is not known")
            return
        call.start(found)

    async def register(
        self, registrar_uri: str, credentials: Credentials, contact_user: str, expires: int
    ) -> None:
        """Registers us there; 0 seconds unregisters. Raises RegistrationFailed."""
        destination = await resolve(parse_uri(registrar_uri).address)
        await register(
            self, registrar_uri, credentials, contact_user, expires, destination=destination
        )

    def on_request(self, incoming: Incoming) -> None:
        request = incoming.request
        if request.method == "CANCEL":
            self._on_cancel(incoming)
        elif parse_name_addr(request.header("To")).tag:
            self._on_dialog_request(incoming)
        elif request.method == "INVITE":
            self._on_new_invite(incoming)
        elif request.method == "REGISTER" and self._registrar:
            answer_register(self._registrar, incoming)
        elif request.method == "OPTIONS":
            self._on_options(incoming)
        elif request.method == "REGISTER":
            incoming.refuse(Refusal(405, "", [("Allow", ALLOW)]))
        else:
            incoming.refuse(Refusal(481, ""))

    def _on_cancel(self, incoming: Incoming) -> None:
        invite = self.endpoint.find_invite(incoming)
        if invite is None:
            incoming.refuse(Refusal(481, ""))
            return
        incoming.transaction().respond(response_to(incoming.request, 200))
        invite.on_cancel(incoming.request)

    def _find(self, request: Request) -> SipCall | None:
        tag = parse_name_addr(request.header("To")).tag
        call = self._calls.get((request.call_id, tag))
        if call is None or call.dialog.remote_tag != parse_name_addr(request.header("From")).tag:
            return None
        return call

    def _on_dialog_request(self, incoming: Incoming) -> None:
        call = self._find(incoming.request)
        if call is None:
            incoming.refuse(Refusal(481, ""))
        else:
            call.receive(incoming)

    def on_ack(self, ack: Request) -> None:
        call = self._find(ack)
        if call:
            call.receive_ack(ack)

    def _on_options(self, incoming: Incoming) -> None:
        response = response_to(incoming.request, 200, tag=secrets.token_hex(8))
        for name, value in self._own_headers("", incoming.source):
            response.headers.add(name, value)
        response.headers.add("Accept", "application/sdp")
        incoming.transaction().respond(response)

    def _on_new_invite(self, incoming: Incoming) -> None:
        if self.endpoint.is_merged(incoming):
            incoming.refuse(Refusal(482, ""))
            return
        user = ""
        if self._calls_need_auth and self._registrar:
            verdict = answer_to_invite_challenge(self._registrar, incoming)
            if isinstance(verdict, Refusal):
                incoming.refuse(verdict)
                return
            user = verdict
        self._offer_to_owner(IncomingCall(self, incoming, user))

    def _offer_to_owner(self, call: IncomingCall) -> None:
        if not call.learn_sdp(call.invite):
            call.refuse(488)
            return
        self.remember(call)
        try:
            self._on_invite(call)
        except Exception:
            log.exception("call %s could not be taken", call.call_id)
            call.hangup(500)


async def resolve(address: Address) -> Address:
    """Host names are looked up off the loop. Raises OSError for an unknown one."""
    host, port = address
    if is_ip(host):
        return address
    found = await asyncio.get_running_loop().getaddrinfo(host, port, family=2)
    return str(found[0][4][0]), port


def user_part(user: str) -> str:
    """A user name as it may stand in an address."""
    return quote(user, safe="-_.!~*'()&=+$,;?/")
