"""What needs a person is told: by mail and once a day, in health, and not when all is well."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance import alarms, attention
from appliance.alarms import raise_alarms
from appliance.checking import message_health
from appliance.home import Home
from appliance.settings import Settings
from store.models import Delivery
from store.models.message import DeliveryState
from tests.mail_server import MailServer, RunningMailServer, Trouble
from tests.voicemail.stored import make_box, make_message
from voicemail.housekeeping.disk import Space

FULL = Space(free=1_000, total=10**12)
LOW = Space(free=30 * 10**9, total=10**12)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with RunningMailServer() as running:
        yield running


def settings_for(home: Home, server: MailServer) -> Settings:
    return Settings(
        home=home.root,
        database=str(home.root / "pressline.db"),
        mail_server=f"127.0.0.1:{server.port}",
        mail_tls="none",
        admin_mail="admin@paper.example",
    )


@pytest.fixture
def untold(store: None) -> str:
    """A message that somebody could not be told of."""
    message = make_message(make_box(), 1)
    Delivery.create(
        message=message, channel="mail", address="desk@paper.example", state=DeliveryState.FAILED
    )
    return message


def disk(monkeypatch: pytest.MonkeyPatch, space: Space) -> None:
    def of(folder: Path) -> Space:
        return space

    monkeypatch.setattr(attention, "space", of)


def test_a_message_that_nobody_could_be_told_of_is_mailed_to_the_administrator(
    home: Home, untold: str, server: MailServer
) -> None:
    assert raise_alarms(settings_for(home, server), home) == ["deliveries"]
    (mail,) = server.received
    assert mail.mail["To"] == "admin@paper.example"
    assert "could not be told of a message" in mail.mail.get_content()


def test_the_same_is_told_once_a_day(
    home: Home, untold: str, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(home, server)
    raise_alarms(settings, home)
    assert raise_alarms(settings, home) == []
    monkeypatch.setattr(alarms, "AGAIN_AFTER", -1.0)
    assert raise_alarms(settings, home) == ["deliveries"]
    assert len(server.received) == 2


def test_what_was_mended_and_comes_back_is_told_again(
    home: Home, untold: str, server: MailServer
) -> None:
    settings = settings_for(home, server)
    raise_alarms(settings, home)
    Delivery.update(state=DeliveryState.SENT).execute()
    assert raise_alarms(settings, home) == []
    Delivery.update(state=DeliveryState.FAILED).execute()
    assert raise_alarms(settings, home) == ["deliveries"]


def test_a_mail_that_could_not_be_sent_is_tried_again(
    home: Home, untold: str, server: MailServer
) -> None:
    settings = settings_for(home, server)
    server.troubles["DATA"] = Trouble("451 later", 1)
    assert raise_alarms(settings, home) == []
    assert raise_alarms(settings, home) == ["deliveries"]


@pytest.mark.parametrize(("space", "kind", "well"), [(LOW, "disk", True), (FULL, "room", False)])
def test_a_disk_that_fills_up_is_told_before_and_when_it_is_full(
    home: Home,
    store: None,
    server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
    space: Space,
    kind: str,
    well: bool,
) -> None:
    disk(monkeypatch, space)
    settings = settings_for(home, server)
    assert raise_alarms(settings, home) == [kind]
    health = message_health(settings, home)
    assert health.ok is well
    assert "make room" in health.message


def test_all_is_well(home: Home, store: None, server: MailServer) -> None:
    settings = settings_for(home, server)
    assert raise_alarms(settings, home) == []
    assert message_health(settings, home).ok
    assert server.received == []


def test_without_a_store_nothing_is_mailed(home: Home, server: MailServer) -> None:
    assert raise_alarms(settings_for(home, server), home) == []
