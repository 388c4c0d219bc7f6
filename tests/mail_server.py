"""A real SMTP server on loopback that keeps what it gets, or makes trouble at any stage.

Stages: `CONNECT`, `EHLO`, `STARTTLS`, `AUTH`, `MAIL`, `RCPT`, `DATA`, `QUIT`, and `BODY` (the whole
mail has come, the answer has not gone).
"""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import partial
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HANG = "hang"
DROP = "drop"
DRIP = "drip"
"""Answers for ever, a little at a time."""
FLOOD = "flood"
"""Answers for ever, as fast as it can."""
ALWAYS = 1_000_000
USER, PASSWORD = "desk", "pass word:1"
COMMANDS = ("EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "QUIT")


@dataclass(frozen=True)
class Received:
    sender: str
    to: list[str]
    content: bytes
    over_tls: bool
    user: str

    @property
    def mail(self) -> EmailMessage:
        parsed = message_from_bytes(self.content, policy=default)
        assert isinstance(parsed, EmailMessage)
        return parsed


@dataclass
class Trouble:
    what: str
    """`HANG`, `DROP`, `DRIP`, `FLOOD`, or an answer such as `451 later`."""
    times: int = ALWAYS


@dataclass
class MailServer:
    """What has come, and what shall go wrong; shared with the server's thread."""

    port: int = 0
    received: list[Received] = field(default_factory=list)
    reached: list[str] = field(default_factory=list)
    """Stages, in order."""
    troubles: dict[str, Trouble] = field(default_factory=dict)

    def trouble_at(self, stage: str) -> str:
        self.reached.append(stage)
        trouble = self.troubles.get(stage)
        if trouble is None or trouble.times <= 0:
            return ""
        trouble.times -= 1
        return trouble.what

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, kind: str, data: Any
    ) -> AuthResult:
        good = isinstance(data, LoginPassword) and (data.login, data.password) == (
            USER.encode(),
            PASSWORD.encode(),
        )
        return AuthResult(success=good, handled=False, auth_data=data)

    async def handle_DATA(self, server: "_Server", session: Session, envelope: Envelope) -> str:
        content = bytes(envelope.content or b"")
        data = session.auth_data
        user = data.login.decode() if isinstance(data, LoginPassword) else ""
        over_tls = server.transport.get_extra_info("ssl_object") is not None
        received = Received(
            str(envelope.mail_from), list(envelope.rcpt_tos), content, over_tls, user
        )
        answer = self.trouble_at("BODY")
        if not answer or not answer[0].isdigit():
            self.received.append(received)
        if answer and not answer[0].isdigit():
            await server.make(answer)
        return answer or "250 kept"


class _Server(SMTP):
    def __init__(self, mail_server: MailServer, **options: Any) -> None:
        super().__init__(mail_server, **options)
        self._mail_server = mail_server
        for name in COMMANDS:
            method = self._smtp_methods.get(name)
            if method:
                self._smtp_methods[name] = partial(self._staged, name, method)

    async def _handle_client(self) -> None:
        trouble = self._mail_server.trouble_at("CONNECT")
        if trouble:
            await self.make(trouble)
        else:
            await super()._handle_client()

    async def _staged(
        self, name: str, method: Callable[[str | None], Awaitable[None]], argument: str | None
    ) -> None:
        trouble = self._mail_server.trouble_at(name)
        await (self.make(trouble) if trouble else method(argument))

    async def make(self, trouble: str) -> None:
        if trouble == DROP:
            assert self.transport is not None
            self.transport.abort()
        elif trouble in (DRIP, FLOOD):
            while True:
                await self.push("250-" + "more " * 20)
                await asyncio.sleep(0.01 if trouble == DRIP else 0)
        elif trouble != HANG:
            await self.push(trouble)
            return
        await asyncio.Event().wait()


class _Controller(Controller):
    def __init__(self, mail_server: MailServer, **options: Any) -> None:
        super().__init__(
            mail_server, hostname="127.0.0.1", port=0, server_hostname="localhost", **options
        )

    def factory(self) -> SMTP:
        return _Server(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        """The base class would connect to port 0, before it is known which one it is."""
        self.handler.port = self.server.sockets[0].getsockname()[1]
        self._factory_invoked.set()
        self.smtpd = self


class RunningMailServer:
    """`with RunningMailServer(...) as server:`"""

    def __init__(
        self,
        *,
        starttls: ssl.SSLContext | None = None,
        tls: ssl.SSLContext | None = None,
        auth: bool = False,
        **options: Any,
    ) -> None:
        self._server = MailServer()
        self._controller = _Controller(
            self._server,
            ssl_context=tls,
            tls_context=starttls,
            auth_required=auth,
            auth_require_tls=False,
            authenticator=self._server.authenticate,
            **options,
        )

    def __enter__(self) -> MailServer:
        self._controller.start()
        return self._server

    def __exit__(self, *_: object) -> None:
        self._controller.stop()
