"""The clock of the box jumps by an hour while callers are there: summer time set by hand, a bad
time server, a battery that died."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.phone import Phone
from tests.end_to_end import mailboxes
from tests.end_to_end.callers import call, hear_tone, kept
from tests.end_to_end.conftest import PhoneMaker
from tests.end_to_end.leaving import SENT
from tests.end_to_end.mailboxes import LATE, Owned, part
from tests.end_to_end.post import Post
from tests.end_to_end.preloaded import PreloadedBox
from tests.end_to_end.spoken import Spoken

pytestmark = pytest.mark.timeout(300)

HOUR = 3600


class LyingBox(PreloadedBox):
    """Every process of it has a clock that is wrong by so many seconds."""

    SOURCE = Path(__file__).with_name("lying_clock.c")
    VARIABLE = "LYING_CLOCK"

    def jump(self, seconds: int) -> None:
        """From now on; all have noticed when this returns."""
        with self.told.open("a") as lie:
            lie.write(f"{int(time.time())} {seconds}\n")
        time.sleep(1.1)  # each looks once a second


@pytest.fixture(scope="module")
def lying_box(tmp_path_factory: pytest.TempPathFactory, rough_post: Post) -> Iterator[LyingBox]:
    made = LyingBox(tmp_path_factory.mktemp("clock") / "home", **rough_post.settings)
    made.compile()
    made.jump(0)
    try:
        yield made.fill().start()
    finally:
        made.close()


def left_across(box: LyingBox, phone: Phone, number: str, seconds: int) -> str:
    """The id of a message in the midst of which the clock jumped."""
    call(phone, box, number).press("#")
    hear_tone(phone)
    said = part(LATE, 8.0)
    phone.line.say(said[: len(said) // 2])
    phone.line.wait_said()
    box.jump(seconds)
    phone.line.say(said[len(said) // 2 :])
    phone.line.wait_said()
    phone.press("#1")
    Spoken(box).wait_heard(SENT, phone.line.heard)
    phone.wait_end()
    message = box.ledger.wait_message(kept(phone, box))
    assert 8.0 < message.seconds < 11.0, message
    return message.id


@pytest.mark.parametrize(("number", "seconds"), [("871", HOUR), ("872", 0), ("873", -HOUR)])
def test_calls_and_messages_do_not_notice(
    lying_box: LyingBox, rough_post: Post, phones: PhoneMaker, number: str, seconds: int
) -> None:
    """On by an hour, back, and back by another."""
    before = lying_box.pids()
    owned = mailboxes.make(lying_box.home, Owned(number), "desk@paper.example")
    listener = call(phones(f"5550{number}1"), lying_box)
    message = left_across(lying_box, phones(f"5550{number}2"), owned.number, seconds)
    rough_post.wait_mail(message, 90)
    assert not listener.ended.is_set()
    assert lying_box.health()["status"] == "ok", lying_box.health()
    assert lying_box.pids() >= before, "a process was taken for dead"
    assert "Traceback" not in lying_box.said()
