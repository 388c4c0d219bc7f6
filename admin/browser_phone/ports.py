"""What the page needs of the box to call from the browser."""

from dataclasses import dataclass, field
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class PhonePass:
    """What a browser signs in with at the switch, for some minutes."""

    user: str
    secret: str = field(repr=False)
    seconds: int
    """How long new calls may be begun with it."""


class BrowserPhones(Protocol):
    url: str
    """Where the page connects to: `ws://…` or `wss://…`."""
    missing: Literal["", "off", "not installed"]
    """Why there is no such phone; empty where there is one."""

    def give(self, number: str, name: str) -> PhonePass:
        """A pass for calls that show this number and name."""
