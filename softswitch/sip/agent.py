"""The user agent: SIP on one socket, calls in and out, registrations."""

import asyncio
import logging
import secrets
import socket
from collections.abc import Callable, Mapping

from softswitch.sip.call import SipCall
from softswitch.sip.call_table import CallTable
from softswitch.sip.client_registration import register
from softswitch.sip.dialog import Dialog
from softswitch.sip.digest import Credentials
from softswitch.sip.endpoint import Endpoint
from softswitch.sip.errors import RegistrationFailed
from softswitch.sip.incoming import IncomingCall
from softswitch.sip.message import Request
from softswitch.sip.outgoing import OutgoingCall
from softswitch.sip.reception import Reception
from softswitch.sip.registrar import Registrar
from softswitch.sip.subscriptions import Subscriptions
from softswitch.sip.timers import Timers
from softswitch.sip.transport import MakeTransport
from softswitch.sip.udp import UdpSocket
from softswitch.sip.unsolicited import Unsolicited
from softswitch.sip.uri import Address, is_ip, parse_uri, quoted_name, user_part
from softswitch.sip.validate import ALLOW

log = logging.getLogger(__name__)

_SWEEP = 1.0
"""Seconds between two looks at expired registrations and subscriptions."""


class UserAgent:
    """Implements `call.CallHost`."""

    def __init__(
        self,
        *,
        on_invite: Callable[[IncomingCall], None],
        registrar: Registrar | None = None,
        calls_need_auth: bool = False,
        product: str = "Pressline-Softswitch",
        timers: Timers | None = None,
        carried_by: MakeTransport = UdpSocket,
    ) -> None:
        self.product = product
        self._table = CallTable()
        guard = registrar if calls_need_auth else None
        self.subscriptions = None if registrar is None else Subscriptions(self, registrar)
        self.unsolicited = Unsolicited(self)
        reception = Reception(self, self._table, on_invite, registrar, guard, self.subscriptions)
        self.endpoint = Endpoint(reception, timers or Timers(), carried_by)
        self._registrar = registrar
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def address(self) -> Address:
        """Host and port that we listen on."""
        return self.endpoint.address

    @property
    def calls(self) -> list[SipCall]:
        return self._table.all()

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
                if self.subscriptions is not None:
                    self.subscriptions.expire()

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
        for call in self.calls:
            self.forget(call)

    def contact(self, user: str, peer: Address) -> str:
        host, port = self.endpoint.own_address(peer)
        at = f"{user_part(user)}@" if user else ""
        return f"<sip:{at}{host}:{port};transport={self.endpoint.protocol.lower()}>"

    def forget(self, call: SipCall) -> None:
        self._table.forget(call)

    async def drain(self, limit: float) -> None:
        """Waits until every call is over and its BYE answered, at most `limit` seconds."""
        await self._table.drain(limit)

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
        self._table.remember(call)
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
            call.fail(503, "Service Unavailable")
            return
        call.start(found)

    async def register(
        self, registrar_uri: str, credentials: Credentials, contact_user: str, expires: int
    ) -> None:
        """Registers us there; 0 seconds unregisters. Raises RegistrationFailed."""
        try:
            destination = await resolve(parse_uri(registrar_uri).address)
        except OSError as error:
            raise RegistrationFailed(registrar_uri, 503, str(error)) from error
        await register(
            self, registrar_uri, credentials, contact_user, expires, destination=destination
        )


async def resolve(address: Address) -> Address:
    """Host names are looked up off the loop. Raises OSError for an unknown one."""
    host, port = address
    if is_ip(host):
        return address
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, family=socket.AF_INET)
    except UnicodeError as error:  # a label of more than 63 characters
        raise OSError(f"{host[:80]} is no host name") from error
    return str(found[0][4][0]), port
