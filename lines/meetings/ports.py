"""What meetings ask of the box to send mails, declared here and implemented by `appliance`."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail with an invitation that calendars read."""

    id: str
    """The same at each attempt, so that a mail that comes twice is seen to be one."""
    to: str
    """The address; it may come from outside and is hostile, as are the texts."""
    subject: str
    text: str
    calendar: str
    """An iCalendar object (RFC 5545)."""
    method: str
    """Of it (RFC 5546): `REQUEST` or `CANCEL`."""
    reply_to: str = ""
    """Empty: the box's own address."""


class Post(Protocol):
    """The paper's mail server. Blocks."""

    @property
    def sender(self) -> str:
        """The address that mails come from."""

    def send(self, letter: Letter) -> None:
        """Raises `MailNotSent`, or `MailRefused` when it is for good."""
