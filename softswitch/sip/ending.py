"""Why a call ended."""

from dataclasses import dataclass
from enum import StrEnum

from softswitch.sip.message import Message


class Ending(StrEnum):
    BYE = "bye"
    """The other side hung up."""
    CANCEL = "cancel"
    """The caller gave up before we answered."""
    FAILED = "failed"
    """The call of ours was refused, or nobody was there."""
    TIMEOUT = "timeout"
    """The other side fell silent: no ACK to our answer."""


@dataclass(frozen=True, slots=True)
class EndReason:
    kind: Ending
    status: int = 0
    """SIP status of a failure; 0 where there is none."""
    phrase: str = ""
    reason_header: str = ""
    """`Reason` of the BYE, CANCEL or response as it came (RFC 3326); hostile."""


def ended_by(kind: Ending, message: Message, status: int = 0, phrase: str = "") -> EndReason:
    return EndReason(kind, status, phrase, message.header("Reason"))
