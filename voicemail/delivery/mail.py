"""A message as a mail: its headers, a text, the same as HTML, the audio or a link to it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from store.fields import now
from store.models import Recipient
from store.models.mailbox import Attach
from voicemail.delivery.attachment import Attachment, attachments
from voicemail.delivery.mail_body import as_html, as_text
from voicemail.delivery.notice import Notice
from voicemail.delivery.one_line import one_line
from voicemail.delivery.settings import DeliverySettings
from voicemail.delivery.smtp import submit
from voicemail.delivery.telling import tell
from voicemail.delivery.wording import Words
from voicemail.errors import DeliveryFailed, DeliveryRefused, MailTooLarge

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
    """From whom to whom, and the number of the delivery."""

    sender: Address
    to: Address
    delivery: int

    def message_id(self, message: str) -> str:
        """The same at each attempt, so that a mail that comes twice is seen to be one."""
        return f"<{message}.{self.delivery}@{self.sender.domain}>"


def send(notice: Notice, recipient: Recipient, delivery: int, settings: DeliverySettings) -> None:
    """Raises `DeliveryFailed`."""
    server = settings.mail
    if server is None:
        raise DeliveryFailed("no mail server is set: see mail_server in pressline.toml")
    envelope = Envelope(_sender(server.sender), _recipient(recipient.address), delivery)
    audio = attachments(notice, recipient.attach, settings.folder, server.max_attach_bytes)
    mail = compose(notice, envelope, settings, recipient.attach, audio)
    try:
        submit(mail, envelope.to.addr_spec, server)
    except MailTooLarge:
        if not audio:
            raise
        mail = compose(notice, envelope, settings, Attach.LINK, [])
        submit(mail, envelope.to.addr_spec, server)


def compose(
    notice: Notice,
    envelope: Envelope,
    settings: DeliverySettings,
    attach: str,
    audio: Sequence[Attachment],
) -> EmailMessage:
    """The whole mail; with a link where audio is wanted and not attached."""
    wants_link = attach != Attach.NONE and not audio and notice.audio and notice.is_open
    link = settings.links.url(notice.id) if wants_link else ""
    told = tell(notice, settings.zone)
    remarks = [*told.remarks, *_about_audio(notice, told.words, bool(audio), link, settings)]
    mail = EmailMessage(policy=SEVEN_BIT)
    _head(mail, notice, envelope, told.subject)
    mail.set_content(as_text(told, remarks, link))
    mail.add_alternative(as_html(told, remarks, link), subtype="html")
    for each in audio:
        mail.add_attachment(
            each.content, maintype="audio", subtype=each.subtype, filename=each.name
        )
    return mail


def _about_audio(
    notice: Notice, words: Words, is_attached: bool, link: str, settings: DeliverySettings
) -> Iterator[str]:
    if is_attached:
        yield words.attached
    elif notice.audio is None:
        yield words.gone
    if link:
        yield words.until.format(days=settings.links.days)


def _head(mail: EmailMessage, notice: Notice, envelope: Envelope, subject: str) -> None:
    mail["From"] = envelope.sender
    mail["To"] = envelope.to
    mail["Subject"] = one_line(subject.replace(ENCODED, "= ?"), LONGEST_SUBJECT)
    mail["Date"] = format_datetime(now())
    mail["Message-ID"] = envelope.message_id(notice.id)
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834, 5: nobody's holiday notice answers
    if notice.urgent:
        mail["Importance"] = "high"


def _sender(given: str) -> Address:
    """Raises `DeliveryFailed`: settings can be mended."""
    try:
        return _address(given)
    except ValueError as error:
        raise DeliveryFailed(
            f"mail_from {given!r} is no mail address, expected name@host"
        ) from error


def _recipient(given: str) -> Address:
    try:
        return _address(given)
    except ValueError as error:
        shown = one_line(given, 100)
        raise DeliveryRefused(f"{shown!r} is no mail address, expected name@host") from error


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
