"""Telling a phone news outside a call: NOTIFY (RFC 6665, section 4.2.2)."""

from collections.abc import Callable
from dataclasses import dataclass

from softswitch.sip.call import CallHost
from softswitch.sip.dialog import Dialog
from softswitch.sip.message import Response
from softswitch.sip.validate import ALLOW

MESSAGE_SUMMARY = "message-summary"
SUMMARY_TYPE = "application/simple-message-summary"


@dataclass(frozen=True, slots=True)
class Notice:
    """The news, as a NOTIFY carries them."""

    state: str
    """Subscription-State, for instance `active;expires=300`."""
    body: bytes = b""
    event: str = MESSAGE_SUMMARY


class Notifier:
    """One phone: while a NOTIFY is not answered yet, only the newest notice waits behind it."""

    def __init__(
        self, host: CallHost, dialog: Dialog, user: str, on_settled: Callable[[bool], None]
    ) -> None:
        """`on_settled`: nothing is under way any more; told whether the phone took the last."""
        self._host = host
        self._dialog = dialog
        self._user = user
        self._on_settled = on_settled
        self._is_busy = False
        self._waiting: Notice | None = None

    def tell(self, notice: Notice) -> None:
        if self._is_busy:
            self._waiting = notice
        else:
            self._send(notice)

    def _send(self, notice: Notice) -> None:
        self._is_busy = True
        address = self._dialog.address
        notify = self._dialog.request("NOTIFY", self._host.endpoint.via(address))
        headers = {
            "Contact": self._host.contact(self._user, address),
            "User-Agent": self._host.product,
            "Allow": ALLOW,
            "Event": notice.event,
            "Subscription-State": notice.state,
        }
        if notice.body:
            headers["Content-Type"] = SUMMARY_TYPE
            notify.body = notice.body
        for name, value in headers.items():
            notify.headers.add(name, value)
        self._host.endpoint.request(notify, address, self._on_response)

    def _on_response(self, response: Response) -> None:
        if response.status < 200:
            return
        self._is_busy = False
        waiting, self._waiting = self._waiting, None
        is_taken = response.status < 300
        if is_taken and waiting is not None:
            self._send(waiting)
        else:
            self._on_settled(is_taken)
