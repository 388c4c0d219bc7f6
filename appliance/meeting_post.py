"""Mails about meetings through the paper's mail server: the port `Post` of `lines.meetings`."""

from lines.meetings.errors import MailNotSent, MailRefused
from lines.meetings.ports import Letter, Post
from voicemail.delivery.envelope import Envelope, recipient
from voicemail.delivery.settings import MailSettings
from voicemail.delivery.smtp import submit
from voicemail.errors import DeliveryFailed, DeliveryRefused


class MeetingPost:
    def __init__(self, server: MailSettings | None) -> None:
        """`server`: None where none is set."""
        self._server = server

    @property
    def sender(self) -> str:
        return self._server.sender if self._server else ""

    def send(self, letter: Letter) -> None:
        try:
            self._send(letter)
        except DeliveryRefused as error:
            raise MailRefused(str(error)) from error
        except DeliveryFailed as error:
            raise MailNotSent(str(error)) from error

    def _send(self, letter: Letter) -> None:
        if self._server is None:
            raise DeliveryFailed("no mail server is set: see mail_server in pressline.toml")
        envelope = Envelope.of(self._server.sender, letter.to)
        mail = envelope.mail(letter.id, letter.subject)
        if letter.reply_to:
            mail["Reply-To"] = recipient(letter.reply_to)
        mail.set_content(letter.text)
        # RFC 6047, 2.4: the method stands in the type as well, or calendars do not act on it.
        mail.add_alternative(letter.calendar, subtype="calendar", params={"method": letter.method})
        submit(mail, envelope.to.addr_spec, self._server)


def _is_a_post(post: MeetingPost) -> Post:
    """Held to the port by the type checker."""
    return post
