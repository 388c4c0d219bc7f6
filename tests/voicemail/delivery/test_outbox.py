"""When a delivery is due, how often it is tried, and that no crash loses or doubles it."""

import multiprocessing
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from store.database import connect
from store.fields import now
from store.models import Delivery, Recipient, Transcript
from store.models.message import DeliveryState
from tests.mail_server import HANG, MailServer, Trouble
from tests.store.conftest import postgresql_database
from tests.store.conftest import store as either_store
from tests.store.conftest import target as either_target
from tests.store_key import give_key
from tests.voicemail.delivery import many
from tests.voicemail.left import heard, leave, mailbox
from voicemail.delivery import outbox
from voicemail.delivery.outbox import BACK_OFF, MOST_ATTEMPTS, deliver, due, retry
from voicemail.delivery.settings import DeliverySettings
from voicemail.errors import DeliveryFailed, DeliveryUnknown

__all__ = ["postgresql_database"]

To = Callable[..., DeliverySettings]
LIFE = "life-1"
store, target = either_store, either_target
pytestmark = pytest.mark.usefixtures("store")


def left(settings: DeliverySettings, transcribe: bool = False) -> Delivery:
    leave(mailbox("ann@paper.example", transcribe=transcribe), settings.folder)
    return Delivery.get()


def is_due(at: timedelta = timedelta()) -> bool:
    return due(now() + at, LIFE) == [Delivery.get().id]


def test_a_message_without_a_transcript_is_told_at_once(settings: DeliverySettings) -> None:
    left(settings)
    assert is_due()


def test_a_delivery_waits_for_the_words(server: MailServer, to: To) -> None:
    settings = to(server)
    delivery = left(settings, transcribe=True)
    assert not is_due()
    assert not deliver(delivery.id, settings, LIFE)
    assert Delivery.get().attempts == 0
    heard(delivery.message, ("hello", 1.0))
    assert is_due()
    assert deliver(delivery.id, settings, LIFE)


def test_words_that_cannot_be_had_are_not_waited_for(settings: DeliverySettings) -> None:
    left(settings, transcribe=True)
    Transcript.update(state="failed").execute()
    assert is_due()


def test_after_five_minutes_a_message_is_told_without_its_words(settings: DeliverySettings) -> None:
    left(settings, transcribe=True)
    assert not is_due(timedelta(minutes=4))
    assert is_due(timedelta(minutes=5))


def test_a_mail_is_sent_once(server: MailServer, to: To) -> None:
    settings = to(server)
    delivery = left(settings)
    assert deliver(delivery.id, settings, LIFE)
    assert Delivery.get().sent_at is not None
    assert not deliver(delivery.id, settings, LIFE)
    assert not is_due(timedelta(days=2))
    assert len(server.received) == 1


def test_a_delivery_that_does_not_exist_is_nothing_to_do(settings: DeliverySettings) -> None:
    assert not deliver(7, settings, LIFE)
    with pytest.raises(DeliveryUnknown, match="7"):
        retry(7)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise DeliveryFailed("not today")

    monkeypatch.setattr(outbox.mail, "send", fail)


@pytest.mark.usefixtures("failing")
def test_failures_are_tried_again_ever_later_and_given_up_within_a_day(
    settings: DeliverySettings,
) -> None:
    delivery = left(settings)
    assert sum(BACK_OFF, timedelta()) < timedelta(days=1)
    for wait in BACK_OFF:
        before = now()
        deliver(delivery.id, settings, LIFE)
        row = Delivery.get()
        assert (row.state, row.error) == ("waiting", "not today")
        assert before + wait <= row.next_at <= now() + wait
        assert not is_due()
        assert not deliver(delivery.id, settings, LIFE)
        Delivery.update(next_at=now()).execute()
    deliver(delivery.id, settings, LIFE)
    row = Delivery.get()
    assert (row.state, row.error, row.attempts) == ("failed", "not today", MOST_ATTEMPTS)
    assert not is_due(timedelta(days=9))


def test_a_fault_of_our_own_is_put_off_and_told(
    settings: DeliverySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox.mail, "send", lambda *_: 1 / 0)
    delivery = left(settings)
    assert not deliver(delivery.id, settings, LIFE)
    row = Delivery.get()
    assert (row.state, row.attempts) == ("waiting", 1)
    assert "ZeroDivisionError" in row.error
    assert row.next_at > now()


@pytest.mark.usefixtures("failing")
def test_a_person_can_have_it_tried_again(settings: DeliverySettings) -> None:
    delivery = left(settings)
    deliver(delivery.id, settings, LIFE)
    retry(delivery.id)
    row = Delivery.get()
    assert (row.state, row.attempts, row.error) == ("waiting", 0, "")
    assert is_due()


def test_what_was_sent_is_not_sent_again_on_demand(server: MailServer, to: To) -> None:
    settings = to(server)
    delivery = left(settings)
    deliver(delivery.id, settings, LIFE)
    retry(delivery.id)
    assert Delivery.get().state == "sent"


def test_who_is_not_told_any_more_gets_no_mail(server: MailServer, to: To) -> None:
    settings = to(server)
    delivery = left(settings)
    Recipient.delete().execute()
    assert not deliver(delivery.id, settings, LIFE)
    assert Delivery.get().state == "failed"
    assert server.received == []


def _deliver(target: str, delivery: int, settings: DeliverySettings) -> None:
    give_key()
    connect(target)
    deliver(delivery, settings, LIFE)


@pytest.mark.parametrize("stage", ["CONNECT", "RCPT", "BODY"])
def test_a_worker_killed_in_the_middle_loses_nothing(
    target: str, server: MailServer, to: To, stage: str
) -> None:
    settings = to(server)
    delivery = left(settings)
    server.troubles[stage] = Trouble(HANG, times=1)
    fresh = multiprocessing.get_context("spawn")
    worker = fresh.Process(target=_deliver, args=(target, delivery.id, settings))
    worker.start()
    while stage not in server.reached:
        worker.join(0.02)
        assert worker.is_alive()
    assert not is_due()
    assert not deliver(delivery.id, settings, LIFE)
    worker.kill()
    worker.join()
    assert is_due()
    assert deliver(delivery.id, settings, LIFE)
    assert Delivery.get().attempts == 2
    assert len({received.mail["Message-ID"] for received in server.received}) == 1


def test_what_was_begun_in_another_life_is_due(server: MailServer, to: To) -> None:
    settings = to(server)
    delivery = left(settings)
    Delivery.update(state="sending", claimed_by="life-0 1 5", attempts=MOST_ATTEMPTS).execute()
    assert is_due()
    assert deliver(delivery.id, settings, LIFE)


def test_a_delivery_that_kills_its_workers_is_given_up(server: MailServer, to: To) -> None:
    settings = to(server)
    delivery = left(settings)
    Delivery.update(state="sending", claimed_by=f"{LIFE} 1 5", attempts=MOST_ATTEMPTS).execute()
    assert not deliver(delivery.id, settings, LIFE)
    row = Delivery.get()
    assert row.state == "failed"
    assert "died each time" in row.error
    assert server.received == []


def test_two_workers_lose_nothing_and_double_nothing(
    target: str, server: MailServer, to: To
) -> None:
    settings = to(server)
    count = len(many.owe(40, settings, sound=""))
    many.work_together(2, target, settings)
    states = Counter(delivery.state for delivery in Delivery.select())
    assert states == {DeliveryState.SENT: count}
    ids = Counter(received.mail["Message-ID"] for received in server.received)
    assert len(ids) == count == sum(ids.values())
