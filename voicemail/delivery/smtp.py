"""One mail through the paper's SMTP server, within a time, or the reason why not."""

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from typing import Any, BinaryIO

from voicemail.delivery.one_line import one_line
from voicemail.delivery.settings import MailSettings
from voicemail.delivery.time_limit import cut_off
from voicemail.errors import DeliveryFailed, DeliveryRefused, MailTooLarge

LONGEST_ANSWER = 200
PERMANENT = 500
"""RFC 5321, 4.2.1: 5yz is for good, 4yz for now."""
TOO_LARGE = 552
"""RFC 1870, 6.1: in answer to MAIL, which tells the size, or after the data."""
MOST_TALK = 100_000
"""Bytes of all that a server answers in one conversation."""


def submit(message: EmailMessage, to: str, settings: MailSettings) -> None:
    """Hand `message` over. Raises `DeliveryFailed`, or `DeliveryRefused` when it is for good."""
    client = _client(settings)
    try:
        with cut_off(settings.total_limit, lambda: client.sock):
            _converse(client, message, to, settings)
    except smtplib.SMTPRecipientsRefused as error:
        raise _refusal("the recipient", *next(iter(error.recipients.values()))) from error
    except smtplib.SMTPResponseException as error:
        raise _response(settings, error) from error
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise _trouble(settings, _reason(error)) from error
    finally:
        client.close()


class _Bounded:
    """A server's answers; smtplib gathers the lines of one without a limit."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._left = MOST_TALK

    def readline(self, size: int) -> bytes:
        line = self._file.readline(min(size, self._left + 1))
        self._left -= len(line)
        if self._left < 0:
            raise OSError(f"it answers with more than {MOST_TALK} bytes")
        return line

    def close(self) -> None:
        self._file.close()


class _Conversation(smtplib.SMTP):
    """Not connected yet. Its name is the sender's domain: to ask DNS for ours may hang."""

    def __init__(self, settings: MailSettings, **more: Any) -> None:
        domain = settings.sender.rpartition("@")[2]
        name = domain if domain.isascii() else "localhost"
        super().__init__(local_hostname=name, timeout=settings.timeout, **more)
        # What the certificate must name; smtplib sets it only when it connects at once.
        self._host = settings.host

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = _Bounded(self.sock.makefile("rb"))
        return super().getreply()


class _ConversationOverTls(_Conversation, smtplib.SMTP_SSL):
    """The same, where the server speaks TLS from the start."""


def _client(settings: MailSettings) -> smtplib.SMTP:
    if settings.tls == "tls":
        return _ConversationOverTls(settings, context=_tls(settings))
    return _Conversation(settings)


def _tls(settings: MailSettings) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=settings.ca_file or None)
    except OSError as error:
        raise DeliveryFailed(
            f"mail_ca {settings.ca_file}: {error}; expected a file with PEM certificates"
        ) from error


def _converse(client: smtplib.SMTP, message: EmailMessage, to: str, settings: MailSettings) -> None:
    code, answer = client.connect(settings.host, settings.port)
    if code != 220:
        raise smtplib.SMTPConnectError(code, answer)
    if settings.tls == "starttls":
        client.starttls(context=_tls(settings))
    if settings.user:
        client.login(settings.user, settings.password)
    try:
        client.send_message(message, to_addrs=[to])
    except smtplib.SMTPNotSupportedError as error:
        raise DeliveryRefused(
            f"the mail server does not take addresses with letters such as in {to}"
        ) from error
    # It has the mail: whatever happens now must not send it twice.
    with suppress(smtplib.SMTPException, OSError):
        client.quit()


def _response(settings: MailSettings, error: smtplib.SMTPResponseException) -> DeliveryFailed:
    """Only what is said about this mail may be for good: a wrong password can be mended."""
    about_this = isinstance(error, smtplib.SMTPDataError | smtplib.SMTPSenderRefused)
    if about_this and error.smtp_code == TOO_LARGE:
        return MailTooLarge(_answer(error.smtp_code, error.smtp_error))
    if isinstance(error, smtplib.SMTPDataError):
        return _refusal("the mail", error.smtp_code, error.smtp_error)
    return _trouble(settings, _answer(error.smtp_code, error.smtp_error))


def _refusal(what: str, code: int, answer: bytes | str) -> DeliveryFailed:
    kind = DeliveryRefused if code >= PERMANENT else DeliveryFailed
    return kind(f"the mail server refuses {what}: {_answer(code, answer)}")


def _answer(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    return one_line(f"{code} {text}", LONGEST_ANSWER)


def _trouble(settings: MailSettings, reason: str) -> DeliveryFailed:
    return DeliveryFailed(f"mail server {settings.host}:{settings.port}: {reason}")


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({error.verify_message}); see mail_ca"
    return one_line(str(error), LONGEST_ANSWER) or error.__class__.__name__
