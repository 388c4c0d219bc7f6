from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from store.database import connect, disconnect
from store.migrate import migrate
from tests.certificates import Certificate, make_certificate
from tests.mail_server import MailServer, RunningMailServer
from voicemail.delivery.settings import DeliverySettings, MailSettings, WebhookSettings
from voicemail.links import Links

ALLOWED = WebhookSettings(allow_private=("127.0.0.0/8",))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[str]:
    """A new store's address."""
    target = str(tmp_path / "pressline.db")
    connect(target)
    migrate()
    yield target
    disconnect()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("tls"), "IP:127.0.0.1", "DNS:hook.test")


@pytest.fixture
def server() -> Iterator[MailServer]:
    with RunningMailServer() as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path) -> DeliverySettings:
    """Without a mail server."""
    links = Links("secret of links", "https://desk.example", 30)
    folder = tmp_path / "voicemail"
    return DeliverySettings(folder, links, ZoneInfo("Europe/Berlin"), webhook=ALLOWED)


@pytest.fixture
def to(settings: DeliverySettings) -> Callable[..., DeliverySettings]:
    """Settings for a mail server."""

    def to(server: MailServer, **facts: Any) -> DeliverySettings:
        usual: dict[str, Any] = {"sender": "desk@paper.example", "tls": "none"}
        return replace(settings, mail=MailSettings("127.0.0.1", server.port, **usual | facts))

    return to
