"""What the box must know to tell people of messages."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from voicemail.links import Links


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The paper's SMTP server, and what may go through it."""

    host: str
    port: int
    sender: str
    """The address that mails come from."""
    tls: Literal["none", "starttls", "tls"] = "starttls"
    ca_file: str = ""
    """Certificate of the authority that signed the server's; empty: those the system trusts."""
    user: str = ""
    """Empty: no sign-in."""
    password: str = field(default="", repr=False)
    max_attach_bytes: int = 5_000_000
    """Of audio; what is larger comes as a link."""
    timeout: float = 30.0
    """Seconds without a sign from the server."""
    total_limit: float = 120.0
    """Seconds for the whole conversation."""


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    allow_private: tuple[str, ...] = ()
    """Networks (`10.1.2.0/24`), addresses or host names inside the house that may be posted to."""
    timeout: float = 10.0
    """Seconds without a sign from the server."""
    total_limit: float = 30.0
    """Seconds for one post with all its redirects."""


@dataclass(frozen=True, slots=True)
class DeliverySettings:
    folder: Path
    """The voicemail folder."""
    links: Links
    zone: ZoneInfo
    """The paper's time zone."""
    mail: MailSettings | None = None
    """None: no mail server is set."""
    webhook: WebhookSettings = WebhookSettings()
