"""A request of ours on its way to a final response (RFC 3261, section 17.1; RFC 6026)."""

import math
from collections.abc import Callable
from enum import Enum, auto

from softswitch.sip.message import Headers, Request, Response
from softswitch.sip.repeat import Handle, Repeater, Wire
from softswitch.sip.uri import Address

OnResponse = Callable[[Response], None]


class State(Enum):
    TRYING = auto()
    PROCEEDING = auto()
    COMPLETED = auto()
    ACCEPTED = auto()
    TERMINATED = auto()


class ClientTransaction:
    """Sends a request until it is answered; without an answer gives a 408 of its own."""

    def __init__(
        self, wire: Wire, request: Request, to: Address, on_response: OnResponse, on_gone: "Gone"
    ) -> None:
        self.request = request
        self.to = to
        self.state = State.TRYING
        self._wire = wire
        self._on_response = on_response
        self._on_gone = on_gone
        self._linger: Handle | None = None
        self._repeater = Repeater(wire, request.to_bytes(), to, self._time_out, self._longest())

    def _longest(self) -> float:
        return self._wire.timers.t2

    def receive(self, response: Response) -> None:
        if self.state not in (State.TRYING, State.PROCEEDING):
            return
        if response.status < 200:
            self.state = State.PROCEEDING
            self._repeater.slow_down()
        else:
            self._complete(State.COMPLETED, self._wire.timers.t4)
        self._on_response(response)

    def fail(self, status: int, reason: str) -> None:
        """As if the other side had refused: nobody there, or the network said so."""
        if self.state in (State.TRYING, State.PROCEEDING):
            self._terminate()
            self._on_response(local_response(self.request, status, reason))

    def _time_out(self) -> None:
        self.fail(408, "Request Timeout")

    def _complete(self, state: State, linger: float) -> None:
        self.state = state
        self._repeater.stop()
        self._linger = self._wire.later(linger, self._terminate)

    def _terminate(self) -> None:
        self.state = State.TERMINATED
        self._repeater.stop()
        if self._linger:
            self._linger.cancel()
        self._on_gone(self)

    def close(self) -> None:
        """Stops every timer; for the end of the program."""
        self._terminate()


class InviteClientTransaction(ClientTransaction):
    """An INVITE: acknowledges refusals itself, repeats the ACK for each copy of a 2xx."""

    def __init__(
        self, wire: Wire, request: Request, to: Address, on_response: OnResponse, on_gone: "Gone"
    ) -> None:
        self._acks: dict[str, tuple[bytes, Address]] = {}
        """The ACK for the 2xx of each answering phone, by its tag."""
        super().__init__(wire, request, to, on_response, on_gone)

    def _longest(self) -> float:
        return math.inf  # timer A doubles without a cap (section 17.1.1.2)

    def receive(self, response: Response) -> None:
        if self.state is State.COMPLETED:
            self._refused(response)
        elif self.state is State.ACCEPTED:
            self._accepted_again(response)
        elif self.state is not State.TERMINATED:
            self._first_answer(response)

    def _first_answer(self, response: Response) -> None:
        if response.status < 200:
            self.state = State.PROCEEDING
            self._repeater.stop()
        elif response.status < 300:
            self._complete(State.ACCEPTED, self._wire.timers.give_up)
        else:
            self._complete(State.COMPLETED, self._wire.timers.give_up)
            self._refused(response)
        self._on_response(response)

    def _refused(self, response: Response) -> None:
        if response.status >= 300:
            ack = ack_for_refusal(self.request, response)
            self._wire.send(ack.to_bytes(), self.to)

    def _accepted_again(self, response: Response) -> None:
        if not 200 <= response.status < 300:
            return
        kept = self._acks.get(response.header("To"))
        if kept:
            self._wire.send(*kept)
        else:
            self._on_response(response)

    @property
    def was_heard(self) -> bool:
        """A provisional response came, and no final one yet."""
        return self.state is State.PROCEEDING

    def acknowledge(self, response: Response, ack: Request, to: Address) -> None:
        """Sends the ACK of a 2xx and keeps it for copies of that 2xx, even after the BYE."""
        kept = (ack.to_bytes(), to)
        self._acks[response.header("To")] = kept
        self._wire.send(*kept)

    def give_up_waiting(self) -> None:
        """After a CANCEL: a final response that does not come is not waited for for ever."""
        self._repeater.stop()
        self._linger = self._wire.later(
            self._wire.timers.give_up, lambda: self.fail(487, "Request Terminated")
        )


Gone = Callable[[ClientTransaction], None]


def local_response(request: Request, status: int, reason: str) -> Response:
    """A response that never was on the wire."""
    kept = ("Via", "From", "To", "Call-ID", "CSeq")
    headers = Headers((name, request.header(name)) for name in kept)
    return Response(headers=headers, status=status, reason=reason)


def ack_for_refusal(invite: Request, response: Response) -> Request:
    """Same branch as the INVITE, To of the response (RFC 3261, section 17.1.1.3)."""
    return _in_step(invite, "ACK", response.header("To"))


def cancel_for(invite: Request) -> Request:
    """Same branch and To as the INVITE (RFC 3261, section 9.1)."""
    return _in_step(invite, "CANCEL", invite.header("To"))


def _in_step(invite: Request, method: str, to: str) -> Request:
    headers = Headers(
        [
            ("Via", invite.header("Via")),
            ("Max-Forwards", "70"),
            ("From", invite.header("From")),
            ("To", to),
            ("Call-ID", invite.call_id),
            ("CSeq", f"{invite.cseq[0]} {method}"),
        ]
    )
    for route in invite.headers.all("Route"):
        headers.add("Route", route)
    return Request(headers=headers, method=method, uri=invite.uri)
