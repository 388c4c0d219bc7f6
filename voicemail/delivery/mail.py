"""A message as a mail: its headers, a text, the same as HTML, the audio or a link to it."""

from collections.abc import Iterator, Sequence
from email.message import EmailMessage

from store.models import Recipient
from store.models.mailbox import Attach
from voicemail.delivery.attachment import Attachment, attachments
from voicemail.delivery.envelope import Envelope
from voicemail.delivery.mail_body import as_html, as_text
from voicemail.delivery.notice import Notice
from voicemail.delivery.settings import DeliverySettings
from voicemail.delivery.smtp import submit
from voicemail.delivery.telling import tell
from voicemail.delivery.wording import Words
from voicemail.errors import DeliveryFailed, MailTooLarge


def send(notice: Notice, recipient: Recipient, delivery: int, settings: DeliverySettings) -> None:
    """Raises `DeliveryFailed`."""
    server = settings.mail
    if server is None:
        raise DeliveryFailed("no mail server is set: see mail_server in pressline.toml")
    envelope = Envelope.of(server.sender, recipient.address)
    audio = attachments(notice, recipient.attach, settings.folder, server.max_attach_bytes)
    mail = compose(notice, envelope, delivery, settings, recipient.attach, audio)
    try:
        submit(mail, envelope.to.addr_spec, server)
    except MailTooLarge:
        if not audio:
            raise
        mail = compose(notice, envelope, delivery, settings, Attach.LINK, [])
        submit(mail, envelope.to.addr_spec, server)


def compose(
    notice: Notice,
    envelope: Envelope,
    delivery: int,
    settings: DeliverySettings,
    attach: str,
    audio: Sequence[Attachment],
) -> EmailMessage:
    """The whole mail; with a link where audio is wanted and not attached."""
    wants_link = attach != Attach.NONE and not audio and notice.audio and notice.is_open
    link = settings.links.url(notice.id) if wants_link else ""
    told = tell(notice, settings.zone)
    remarks = [*told.remarks, *_about_audio(notice, told.words, bool(audio), link, settings)]
    mail = envelope.mail(f"{notice.id}.{delivery}", told.subject)
    if notice.urgent:
        mail["Importance"] = "high"
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
