"""The disk that holds the whole box becomes full while callers are there, and is freed again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.disks import fill, small
from tests.end_to_end import mailboxes
from tests.end_to_end.box import Box
from tests.end_to_end.callers import call, hear_tone, kept
from tests.end_to_end.conftest import PhoneMaker, started
from tests.end_to_end.leaving import leave
from tests.end_to_end.mailboxes import LATE, Owned, part
from tests.end_to_end.post import Post
from tests.end_to_end.spoken import Spoken
from tests.end_to_end.waiting import eventually

pytestmark = pytest.mark.timeout(300)

SIZE = 700_000_000
"""Bytes: the box wants 200 MB for messages and has some 80 itself."""
MENU = "For the nearest delivery station, press 3."
LATER = 120.0
"""Seconds until the box has what waited."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small(tmp_path / "disk", SIZE) as made:
        yield made


@pytest.fixture
def small_box(disk: Path, rough_post: Post) -> Iterator[Box]:
    yield from started(disk / "home", "embedded", **rough_post.settings)


def test_calls_go_on_and_all_that_they_left_is_there_in_the_end(
    small_box: Box, disk: Path, phones: PhoneMaker, rough_post: Post
) -> None:
    box, spoken, before = small_box, Spoken(small_box), small_box.pids()
    owned = mailboxes.make(box.home, Owned("881"), "desk@paper.example")
    first = call(phones("5550880"), box)  # what was never said needs room
    spoken.wait_heard(MENU, first.line.heard)
    first.hang_up()
    speaker = call(phones("5550881"), box, owned.number)
    speaker.press("#")
    hear_tone(speaker)
    speaker.line.say(part(LATE, 6.0))
    speaker.line.wait_said()
    filling = fill(disk)

    speaker.press("#")
    listener = call(phones("5550882"), box)
    spoken.wait_heard(MENU, listener.line.heard)
    listener.hang_up()
    refused = call(phones("5550883"), box, owned.number)
    sorry = "We are sorry, we cannot take messages just now."
    spoken.wait_heard(sorry, refused.line.heard)
    refused.hang_up()
    speaker.hang_up()
    told = eventually(lambda: not box.is_well() and box.health()["parts"], "it is told")
    assert "make room" in told["messages"]["message"], told

    filling.unlink()
    eventually(box.is_well, "the box is well", LATER)
    assert box.pids() >= before, "a process ended"
    assert [kept(phone, box).state for phone in (listener, refused)] == ["hung_up"] * 2
    message = box.ledger.wait_message(kept(speaker, box))
    rough_post.wait_mail(message.id, LATER)
    later = leave(phones("5550884"), box, spoken, owned.number, part(LATE, 4.0))
    rough_post.wait_mail(later.id, LATER)
