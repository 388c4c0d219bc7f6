"""What can go wrong in the SIP layer.

SipError
├── BadHeader             a header or an address that cannot be understood
├── BadMessage            a datagram that is no SIP message at all
├── BadSdp                a session description that cannot be understood
├── NotAcceptable         an offer or an answer without audio that we carry (SIP 488)
├── PortInUse             the address to listen on is taken or not ours
└── RegistrationFailed    a registrar refused us; `.status` is its answer
"""


class SipError(Exception):
    """Base of what the SIP layer raises."""


class BadHeader(SipError):
    """A header or an address that cannot be understood."""


class BadMessage(SipError):
    """A datagram that is no SIP message at all."""


class BadSdp(SipError):
    """A session description that cannot be understood."""


class NotAcceptable(SipError):
    """No audio in common with the other side."""


class PortInUse(SipError):
    """The address to listen on is taken or not ours."""

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(
            f"SIP cannot listen on {host}:{port} (UDP): {why}; "
            "stop the other program or choose another port"
        )
        self.host = host
        self.port = port


class RegistrationFailed(SipError):
    """A registrar refused us, or did not answer (status 408)."""

    def __init__(self, registrar: str, status: int, reason: str) -> None:
        super().__init__(f"{registrar} refused the registration: {status} {reason}")
        self.status = status
        self.reason = reason
