"""The message lamp on phones (RFC 3842), as FreeSWITCH is told of it."""

import re
from dataclasses import dataclass

from esl import commands
from esl.errors import UnsafeArgument

QUERY_EVENT = "MESSAGE_QUERY"
"""A phone has subscribed to its mailbox or registered, and wants to know how things stand."""
# Strict, because the switch decodes %0A in a value and writes it into what it sends to phones.
_ACCOUNT = re.compile(r"sip:[A-Za-z0-9_.+*#-]{1,64}@[A-Za-z0-9.-]{1,253}\Z")


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many messages wait in a mailbox. The urgent ones are counted in `new` and `saved` too."""

    new: int
    saved: int
    urgent_new: int = 0
    urgent_saved: int = 0


def message_waiting(account: str, waiting: Waiting) -> bytes:
    """The command that sets the lamps of an account, `sip:<user>@<domain>`: on while there is
    something new. Raises `UnsafeArgument`."""
    if not _ACCOUNT.match(account):
        raise UnsafeArgument(f"{account[:80]!r} is no account, expected sip:user@domain")
    headers = {
        "MWI-Messages-Waiting": "yes" if waiting.new else "no",
        "MWI-Message-Account": account,
        "MWI-Voice-Message": f"{waiting.new}/{waiting.saved} "
        f"({waiting.urgent_new}/{waiting.urgent_saved})",
    }
    return commands.event("MESSAGE_WAITING", headers)
