"""From whom to whom a mail goes, and its headers: addresses and subjects come from outside."""

import re
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from store.fields import now
from voicemail.delivery.one_line import one_line
from voicemail.errors import DeliveryFailed, DeliveryRefused

LONGEST_SUBJECT = 200
SEVEN_BIT = SMTP.clone(cte_type="7bit")
"""Not every server takes eight bits; what needs them is encoded."""

ENCODED = "=?"
"""Opens an encoded word (RFC 2047). Python decodes one that is set as a header and writes the line
end that may be in it as it is (CVE-2024-6923, before 3.11.10)."""
USER = re.compile(r"""[^\s"<>()\[\],;:\\@]{1,64}""")
"""RFC 5321, 4.5.3.1.1, without quoted strings."""
DOMAIN = re.compile(r"[A-Za-z0-9.-]{1,255}")


@dataclass(frozen=True, slots=True)
class Envelope:
    sender: Address
    to: Address

    @classmethod
    def of(cls, sender: str, to: str) -> "Envelope":
        """Raises `DeliveryFailed`; `DeliveryRefused` where nobody can have the address `to`."""
        return cls(_sender(sender), recipient(to))

    def mail(self, id: str, subject: str) -> EmailMessage:
        """A mail without content. `id` is the same at each attempt, so that one that comes twice
        is seen to be one."""
        mail = EmailMessage(policy=SEVEN_BIT)
        mail["From"] = self.sender
        mail["To"] = self.to
        mail["Subject"] = one_line(subject.replace(ENCODED, "= ?"), LONGEST_SUBJECT)
        mail["Date"] = format_datetime(now())
        mail["Message-ID"] = f"<{id}@{self.sender.domain}>"
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834, 5: nobody's holiday notice answers
        return mail


def recipient(given: str) -> Address:
    """Raises `DeliveryRefused`."""
    try:
        return _address(given)
    except ValueError as error:
        shown = one_line(given, 100)
        raise DeliveryRefused(f"{shown!r} is no mail address, expected name@host") from error


def _sender(given: str) -> Address:
    """Raises `DeliveryFailed`: settings can be mended."""
    try:
        return _address(given)
    except ValueError as error:
        raise DeliveryFailed(
            f"mail_from {given!r} is no mail address, expected name@host"
        ) from error


def _address(given: str) -> Address:
    """Domains of other letters go in ASCII, as every server takes them. Raises `ValueError`."""
    user, _, domain = given.strip().rpartition("@")
    ascii_domain = domain.encode("idna").decode("ascii")
    if not (USER.fullmatch(user) and DOMAIN.fullmatch(ascii_domain)) or ENCODED in user:
        raise ValueError(given)
    try:
        return Address(username=user, domain=ascii_domain)
    except (LookupError, MessageError) as error:
        raise ValueError(given) from error
