"""Where the box sends what it tells of messages: a real mail server and a real webhook."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from tests.certificates import make_certificate
from tests.end_to_end.waiting import LIMIT, eventually
from tests.hook_server import HookServer, Posted, RunningHookServer
from tests.mail_server import PASSWORD, USER, MailServer, RunningMailServer
from tests.switch_plan import HOST


@dataclass(frozen=True, slots=True)
class Post:
    """What has come, by the message that it tells of."""

    mail: MailServer
    hook: HookServer
    settings: dict[str, str]
    """The box's, to send here."""

    def mails(self, message: str) -> list[EmailMessage]:
        mails = [received.mail for received in list(self.mail.received)]
        return [mail for mail in mails if mail["Message-ID"].startswith(f"<{message}.")]

    def wait_mail(self, message: str, limit: float = LIMIT) -> EmailMessage:
        """The only one."""
        mails = eventually(lambda: self.mails(message), "the mail has come", limit)
        assert len(mails) == 1
        return mails[0]

    def posts(self, message: str) -> list[Posted]:
        name = "X-Pressline-Delivery"
        return [one for one in list(self.hook.posted) if one.headers[name].startswith(message)]

    def wait_post(self, message: str) -> Posted:
        """The only one."""
        posts = eventually(lambda: self.posts(message), "the webhook was told")
        assert len(posts) == 1
        return posts[0]


@contextmanager
def open_post() -> Iterator[Post]:
    """A mail server on this machine that wants neither secrecy nor a password."""
    with RunningMailServer() as mail, RunningHookServer() as hook:
        yield Post(mail, hook, _settings(mail, mail_tls="none"))


@contextmanager
def guarded_post(folder: Path) -> Iterator[Post]:
    """A mail server that takes nothing without STARTTLS and a password."""
    certificate = make_certificate(folder, f"IP:{HOST}")
    server = RunningMailServer(starttls=certificate.server_side, auth=True, require_starttls=True)
    account = {"mail_user": USER, "mail_password": PASSWORD}
    with server as mail, RunningHookServer() as hook:
        given = _settings(mail, mail_tls="starttls", mail_ca=str(certificate.pem), **account)
        yield Post(mail, hook, given)


def _settings(mail: MailServer, **more: str) -> dict[str, str]:
    return {
        "mail_server": f"{HOST}:{mail.port}",
        "mail_from": "desk@paper.example",
        "webhook_private": f"{HOST}/32",
        **more,
    }
