"""What both sides of a call know of each other (RFC 3261, section 12)."""

from dataclasses import dataclass, field

from softswitch.sip.errors import BadHeader
from softswitch.sip.message import Headers, Message, Request
from softswitch.sip.uri import Address, is_ip, parse_name_addr, parse_uri


@dataclass(slots=True)
class Dialog:
    call_id: str
    local: str
    """Our From or To, with its tag."""
    remote: str
    """Theirs, with its tag once it is known."""
    target: str
    """Where requests are addressed to: their Contact."""
    address: Address
    """Where requests are sent to."""
    sequence: int = 0
    """Number of our last request."""
    remote_sequence: int = -1
    """Number of their last request."""
    routes: list[str] = field(default_factory=list)
    keeps_address: bool = False
    """The other side is behind a NAT: its Contact is of no use to us."""

    @property
    def remote_tag(self) -> str:
        return parse_name_addr(self.remote).tag

    def request(self, method: str, via: str, sequence: int | None = None) -> Request:
        """A request inside the dialog; an ACK takes the number of its INVITE."""
        if sequence is None:
            self.sequence += 1
            sequence = self.sequence
        headers = Headers(
            [
                ("Via", via),
                ("Max-Forwards", "70"),
                ("From", self.local),
                ("To", self.remote),
                ("Call-ID", self.call_id),
                ("CSeq", f"{sequence} {method}"),
            ]
        )
        for route in self.routes:
            headers.add("Route", route)
        return Request(headers=headers, method=method, uri=self.target)

    def follow(self, message: Message) -> None:
        """Takes over the Contact of a message that sets the target (section 12.2)."""
        contact = next(iter(message.headers.members("Contact")), "")
        try:
            self.target = parse_name_addr(contact).uri
        except BadHeader:
            return
        self.find_address()

    def learn_routes(self, routes: list[str]) -> None:
        self.routes = routes
        self.find_address()

    def find_address(self) -> None:
        """The first route or else the target; names are not looked up in the midst of a call."""
        if self.keeps_address:
            return
        try:
            first = parse_name_addr(self.routes[0]).uri if self.routes else self.target
            uri = parse_uri(first)
        except BadHeader:
            return
        if is_ip(uri.host) and uri.host != "0.0.0.0":
            self.address = uri.address
