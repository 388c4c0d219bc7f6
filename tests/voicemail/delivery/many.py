"""Many deliveries by several worker processes, for tests and benchmarks."""

import multiprocessing
from collections.abc import Sequence

from store.database import connect, writing
from store.fields import now
from store.models import Delivery
from tests.store_key import give_key
from tests.voicemail.left import leave, mailbox
from voicemail.delivery.outbox import deliver, due
from voicemail.delivery.settings import DeliverySettings

LIFE = "life-1"


def owe(count: int, settings: DeliverySettings, sound: str = "news_tip.wav") -> Sequence[int]:
    """`count` messages in an open store, each to be told to one person; their deliveries."""
    box = mailbox("ann@paper.example", transcribe=False)
    for _ in range(count):
        leave(box, settings.folder, sound)
    with writing():
        return [delivery.id for delivery in Delivery.select(Delivery.id)]


def work(target: str, settings: DeliverySettings) -> None:
    """One worker: all that is due in the store at `target`, until nothing is left to do."""
    give_key()
    connect(target)
    while waiting := due(now(), LIFE):
        for delivery in waiting:
            deliver(delivery, settings, LIFE)


def work_together(workers: int, target: str, settings: DeliverySettings) -> None:
    """Returns when all of them are done."""
    fresh = multiprocessing.get_context("spawn")
    crew = [fresh.Process(target=work, args=(target, settings)) for _ in range(workers)]
    for worker in crew:
        worker.start()
    for worker in crew:
        worker.join()
    assert [worker.exitcode for worker in crew] == [0] * workers
