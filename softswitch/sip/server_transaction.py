"""A request from outside and what we answered (RFC 3261, section 17.2; RFC 6026)."""

from collections.abc import Callable
from enum import Enum, auto

from softswitch.sip.message import Request, Response
from softswitch.sip.repeat import Handle, Repeater, Wire
from softswitch.sip.uri import Address


class State(Enum):
    TRYING = auto()
    PROCEEDING = auto()
    COMPLETED = auto()
    ACCEPTED = auto()
    CONFIRMED = auto()
    TERMINATED = auto()


class ServerTransaction:
    """Answers once; copies of the request get a copy of the answer."""

    def __init__(
        self, wire: Wire, request: Request, reply_to: Address, on_gone: "Gone", key: str
    ) -> None:
        self.request = request
        self.key = key
        self.state = State.TRYING
        self._wire = wire
        self._reply_to = reply_to
        self._on_gone = on_gone
        self._last: bytes = b""
        self._linger: Handle | None = None

    @property
    def is_answered(self) -> bool:
        return self.state not in (State.TRYING, State.PROCEEDING)

    def receive_copy(self) -> None:
        if self._last:
            self._wire.send(self._last, self._reply_to)

    def respond(self, response: Response) -> None:
        """Sends the response; after a final one nothing more is sent."""
        if self.is_answered:
            return
        self._last = response.to_bytes()
        if response.status >= 200:
            self._finish(response)
        else:
            self.state = State.PROCEEDING
            self._wire.send(self._last, self._reply_to)

    def _finish(self, response: Response) -> None:
        self.state = State.COMPLETED
        self._wire.send(self._last, self._reply_to)
        self._linger = self._wire.later(self._wire.timers.give_up, self._terminate)

    def _terminate(self) -> None:
        self.state = State.TERMINATED
        if self._linger:
            self._linger.cancel()
        self._on_gone(self)

    def close(self) -> None:
        """Stops every timer; for the end of the program."""
        self._terminate()


class InviteServerTransaction(ServerTransaction):
    """An INVITE: repeats its final response until the ACK comes."""

    def __init__(
        self, wire: Wire, request: Request, reply_to: Address, on_gone: "Gone", key: str
    ) -> None:
        super().__init__(wire, request, reply_to, on_gone, key)
        self.on_unacknowledged: Callable[[], None] = lambda: None
        """Nobody acknowledged our 2xx within 64 T1."""
        self.on_cancel: Callable[[Request], None] = lambda cancel: None
        self._repeater: Repeater | None = None

    def receive_copy(self) -> None:
        # In ACCEPTED and COMPLETED the repeater sends on its own clock (RFC 6026, section 7.1).
        if self.state is State.PROCEEDING:
            super().receive_copy()

    def _finish(self, response: Response) -> None:
        self.state = State.ACCEPTED if response.status < 300 else State.COMPLETED
        self._repeater = Repeater(
            self._wire, self._last, self._reply_to, self._give_up, self._wire.timers.t2
        )

    @property
    def was_refused(self) -> bool:
        return self.state is State.COMPLETED

    def acknowledge(self) -> None:
        """The ACK came. The transaction stays a while to swallow copies."""
        if self.state not in (State.ACCEPTED, State.COMPLETED) or self._repeater is None:
            return
        timers = self._wire.timers
        stay = timers.give_up if self.state is State.ACCEPTED else timers.t4
        self.state = State.CONFIRMED
        self._repeater.stop()
        self._linger = self._wire.later(stay, self._terminate)

    def _give_up(self) -> None:
        was_accepted = self.state is State.ACCEPTED
        self._terminate()
        if was_accepted:
            self.on_unacknowledged()

    def _terminate(self) -> None:
        if self._repeater:
            self._repeater.stop()
        super()._terminate()


Gone = Callable[[ServerTransaction], None]
