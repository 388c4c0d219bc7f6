"""The wire side of a test phone: sends requests, answers what comes, keeps every message."""

import socket
import threading
import uuid
from dataclasses import dataclass

from tests.contract import sip
from tests.contract.rtp import Line
from tests.listening import Samples

REASONS = {
    180: "Ringing",
    183: "Session Progress",
    200: "OK",
    403: "Forbidden",
    404: "Not Found",
    480: "Temporarily Unavailable",
    486: "Busy Here",
    487: "Request Terminated",
    500: "Server Internal Error",
    503: "Service Unavailable",
    603: "Decline",
}


@dataclass(slots=True)
class Manners:
    """What a phone does when it is called."""

    status: int | None = 200
    """Its final answer; None to ring until told."""
    early: Samples | None = None
    """Played before the answer, with a 183, until `Phone.pick_up`."""


@dataclass(slots=True)
class Dialog:
    """What one call's requests share."""

    target: str
    local: str
    remote: str
    call_id: str
    route: tuple[str, int]
    cseq: int = 1


class SipEnd:
    """One call at a time over a plain UDP socket; a thread of its own answers."""

    def __init__(self, number: str = "5551234", manners: Manners | None = None) -> None:
        self.number = number
        self.name = '"Test Phone"'
        self.manners = manners or Manners()
        self.line = Line()
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port: int = self.socket.getsockname()[1]
        self.tag = uuid.uuid4().hex[:8]
        self.dialog: Dialog | None = None
        self.codecs = "0 101"
        self.registered = 0
        """CSeq of the last REGISTER."""
        self.messages: list[sip.Message] = []
        """Everything received, in order."""
        self.answered = threading.Event()
        self.ended = threading.Event()
        self.invited = threading.Event()
        self._invite: sip.Message | None = None
        self._invite_branch = ""
        self._headers: tuple[sip.Header, ...] = ()
        self._version = 1
        self._changed = threading.Condition()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def request(
        self, method: str, *more: sip.Header, body: str = "", branch: str = "", raw: str = ""
    ) -> None:
        dialog = self._require()
        if method == "BYE":
            dialog.cseq += 1
        headers = [
            ("Via", f"SIP/2.0/UDP 127.0.0.1:{self.port};branch={branch or sip.new_branch()}"),
            ("Max-Forwards", "70"),
            ("From", dialog.local),
            ("To", dialog.remote),
            ("Call-ID", dialog.call_id),
            ("CSeq", f"{dialog.cseq} {method}"),
            ("Contact", f"<sip:{self.number}@127.0.0.1:{self.port}>"),
            *more,
        ]
        data = sip.write(f"{method} {dialog.target} SIP/2.0", headers, body)
        if raw:
            data = data.replace(b"Content-Length: 0", f"Content-Length: {len(raw)}".encode())
            data += raw.encode()
        self.socket.sendto(data, dialog.route)

    def _require(self) -> Dialog:
        assert self.dialog is not None, "no call"
        return self.dialog

    def _session(self, direction: str = "sendrecv") -> str:
        return sip.session(self.line.port, direction, self._version, self.codecs)

    def _listen(self) -> None:
        while not self._closed.is_set():
            data, source = self.socket.recvfrom(65535)
            message = sip.parse(data)
            if message is None:
                continue
            if message.status:
                self._on_response(message)
            else:
                self._on_request(message, source)
            with self._changed:
                self.messages.append(message)
                self._changed.notify_all()

    def _on_response(self, message: sip.Message) -> None:
        dialog = self.dialog
        if dialog is None or message.method != "INVITE":
            return
        address = sip.media_address(message.body)
        if address:
            self.line.peer = address
        if message.status < 200:
            return
        dialog.remote = message["To"]
        if message.status < 300:
            dialog.target = message.contact
            self._acknowledge(message, sip.new_branch())
            self.answered.set()
        else:
            self._acknowledge(message, self._invite_branch)
            self.ended.set()

    def _acknowledge(self, message: sip.Message, branch: str) -> None:
        dialog = self._require()
        kept, dialog.cseq = dialog.cseq, message.sequence
        self.request("ACK", branch=branch)
        dialog.cseq = kept

    def _on_request(self, message: sip.Message, source: tuple[str, int]) -> None:
        method = message.method
        if method == "INVITE":
            self._on_invite(message, source)
        elif method in ("BYE", "CANCEL"):
            self._respond(message, 200, source=source)
            if method == "CANCEL" and self._invite is not None:
                self._respond(self._invite, 487)
            self.ended.set()
        elif method != "ACK":
            self._respond(message, 200, source=source)

    def pick_up(self) -> None:
        """Answer the call that rings."""
        assert self._invite is not None, "nobody calls"
        self._respond(self._invite, 200, body=self._session())
        self.answered.set()

    def _forget_call(self) -> None:
        """It is over, and somebody else calls."""
        self.dialog = None
        for event in (self.invited, self.answered, self.ended):
            event.clear()

    def _on_invite(self, message: sip.Message, source: tuple[str, int]) -> None:
        if self._invite is not None and _same_request(self._invite, message):
            return  # A retransmission: the answer is under way.
        if self.dialog is not None and self.dialog.call_id != message["Call-ID"]:
            if not self.ended.is_set():
                self._respond(message, 486, source=source)
                return
            self._forget_call()
        address = sip.media_address(message.body)
        if address:
            self.line.peer = address
        if self.dialog is not None:
            self._respond(message, 200, body=self._session(), source=source)
            return
        local = f"{message['To']};tag={self.tag}"
        self.dialog = Dialog(message.contact, local, message["From"], message["Call-ID"], source)
        self._invite = message
        self._greet(message)
        self.invited.set()

    def _greet(self, message: sip.Message) -> None:
        if self.manners.early is not None:
            self._respond(message, 183, body=self._session())
            self.line.say(self.manners.early)
        else:
            self._respond(message, 180)
        if self.manners.status == 200:
            self.pick_up()
        elif self.manners.status is not None:
            self._respond(message, self.manners.status)
            self.ended.set()

    def _respond(
        self,
        message: sip.Message,
        status: int,
        body: str = "",
        source: tuple[str, int] | None = None,
    ) -> None:
        contact = ("Contact", f"<sip:{self.number}@127.0.0.1:{self.port}>")
        line = f"{status} {REASONS.get(status, 'Whatever')}"
        data = sip.response(message, line, self.tag, contact, body=body)
        self.socket.sendto(data, source or self._require().route)


def _same_request(one: sip.Message, other: sip.Message) -> bool:
    return all(one[header] == other[header] for header in ("Call-ID", "CSeq"))
