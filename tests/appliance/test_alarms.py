"""What needs a person is told: by mail and once a day, in health, and not when all is well."""

import errno
import json
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr

from appliance import attention
from appliance.alarms import raise_alarms
from appliance.alarms.deciding import LASTS, OVER_AFTER
from appliance.alarms.looking import LATE, is_late
from appliance.checking import message_health
from appliance.home import Home
from appliance.settings import Settings
from store import database
from store.models import Delivery
from store.models.message import DeliveryState
from tests.hook_server import RunningHookServer
from tests.mail_server import MailServer, RunningMailServer, Trouble
from tests.voicemail.stored import make_box, make_message
from voicemail.delivery.webhook_body import signature
from voicemail.housekeeping.disk import Space

HOUR = 3600.0

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


@dataclass
class Clock:
    now: float

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Stands still, unless it is told to go on."""
    made = Clock(time.time())
    monkeypatch.setattr(time, "time", made)
    return made


def test_the_same_is_told_once_a_day(
    home: Home, untold: str, server: MailServer, clock: Clock
) -> None:
    settings = settings_for(home, server)
    raise_alarms(settings, home)
    assert raise_alarms(settings, home) == []
    clock.now += 25 * HOUR
    assert "deliveries" in raise_alarms(settings, home)


def test_what_was_mended_is_told_and_told_anew_when_it_comes_back(
    home: Home, untold: str, server: MailServer, clock: Clock
) -> None:
    settings = settings_for(home, server)
    raise_alarms(settings, home)
    Delivery.update(state=DeliveryState.SENT).execute()
    assert raise_alarms(settings, home) == []
    clock.now += OVER_AFTER
    raise_alarms(settings, home)
    assert "This is over again" in server.received[-1].mail.get_content()
    Delivery.update(state=DeliveryState.FAILED).execute()
    assert "deliveries" in raise_alarms(settings, home)


def test_what_comes_and_goes_is_one_alarm(
    home: Home, untold: str, server: MailServer, clock: Clock
) -> None:
    settings = settings_for(home, server)
    raise_alarms(settings, home)
    for state in (DeliveryState.SENT, DeliveryState.FAILED) * 5:
        Delivery.update(state=state).execute()
        clock.now += 5
        assert raise_alarms(settings, home) == []
    assert len(server.received) == 1


def test_a_part_that_does_not_run_is_told_after_a_while_and_in_one_mail(
    home: Home, store: None, server: MailServer, clock: Clock
) -> None:
    settings = settings_for(home, server)
    assert raise_alarms(settings, home) == []
    clock.now += LASTS
    assert raise_alarms(settings, home) == ["callbox", "switch", "worker"]
    (mail,) = server.received
    assert "callers hear a notice" in mail.mail.get_content()


def test_two_who_look_tell_it_once(home: Home, untold: str, server: MailServer) -> None:
    settings = settings_for(home, server)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: _look(settings, home), range(4)))
    assert len(server.received) == 1


def _look(settings: Settings, home: Home) -> None:
    database.connect(settings.store_url)
    try:
        raise_alarms(settings, home)
    finally:
        database.disconnect()


def test_what_was_told_is_remembered_by_a_disk_that_takes_nothing(
    home: Home, untold: str, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "fsync", full)
    settings = settings_for(home, server)
    raise_alarms(settings, home)
    raise_alarms(settings, home)
    assert len(server.received) == 1


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"looked": 1, "standing": [{"kind": 1}]}'])
def test_a_ledger_that_cannot_be_read_costs_no_alarm(
    home: Home, untold: str, server: MailServer, kept: str
) -> None:
    (home.root / "run" / "alarms.json").write_text(kept)
    assert raise_alarms(settings_for(home, server), home) == ["deliveries"]


def test_a_webhook_gets_them_signed(home: Home, untold: str) -> None:
    with RunningHookServer() as hook:
        settings = Settings(
            home=home.root,
            alarm_webhook=f"{hook.url}/alarms",
            alarm_secret=SecretStr("between us"),
            webhook_private=("127.0.0.1",),
            paper_name='The "Daily"\r\nBcc: all',
        )
        assert raise_alarms(settings, home) == ["deliveries"]
        assert raise_alarms(settings, home) == []
        (post,) = hook.posted
    told = json.loads(post.body)
    assert told["event"] == "alarm"
    assert [alarm["kind"] for alarm in told["raised"]] == ["deliveries"]
    stamp = int(post.headers["X-Pressline-Signature"].partition(",")[0].removeprefix("t="))
    assert post.headers["X-Pressline-Signature"] == signature("between us", post.body, stamp)


def test_a_webhook_inside_the_house_is_refused_and_the_mail_goes_out(
    home: Home, untold: str, server: MailServer
) -> None:
    settings = settings_for(home, server).model_copy(
        update={"alarm_webhook": "http://127.0.0.1:1/inside"}
    )
    assert raise_alarms(settings, home) == ["deliveries"]
    assert len(server.received) == 1


def test_when_nobody_looks_somebody_else_knows(home: Home, store: None, clock: Clock) -> None:
    assert is_late(home)
    raise_alarms(Settings(home=home.root), home)
    assert not is_late(home)
    clock.now += LATE + 1
    assert is_late(home)


def test_a_mail_that_could_not_be_sent_is_tried_again(
    home: Home, untold: str, server: MailServer
) -> None:
    settings = settings_for(home, server)
    server.troubles["DATA"] = Trouble("451 later", 1)
    raise_alarms(settings, home)
    assert server.received == []
    raise_alarms(settings, home)
    assert len(server.received) == 1


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
