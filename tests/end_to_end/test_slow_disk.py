"""The disk of the whole box becomes slow while callers are there: one that wears out, or that other
machines share."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end import mailboxes
from tests.end_to_end.callers import call, kept
from tests.end_to_end.conftest import PhoneMaker
from tests.end_to_end.leaving import leave
from tests.end_to_end.mailboxes import LATE, Owned, part
from tests.end_to_end.post import Post
from tests.end_to_end.preloaded import PreloadedBox
from tests.end_to_end.spoken import Spoken
from tests.end_to_end.waiting import eventually

pytestmark = pytest.mark.timeout(400)

WRITE, FLUSH = 30, 2000
"""Milliseconds: some hundred times those of a bad disk that is healthy."""
MENU = "For the nearest delivery station, press 3."
CALLERS = 5
LATER = 180.0
"""Seconds until the box has written what waited."""


class SlowBox(PreloadedBox):
    SOURCE = Path(__file__).with_name("slow_disk.c")
    VARIABLE = "SLOW_DISK"

    def slow_down(self, write: int, flush: int) -> None:
        """By milliseconds; each of its processes looks once a second."""
        self.told.write_text(f"{self.home} {write} {flush}\n")

    def flushes_in(self) -> float:
        """Seconds that one of its processes needs to bring a few bytes to the disk."""
        script = "import os, sys; f = open(sys.argv[1], 'w'); f.write('x'); f.flush(); os.fsync(f)"
        began = time.monotonic()
        command = [sys.executable, "-c", script, str(self.home / "probe")]
        subprocess.run(command, env=self.environment, check=True)
        return time.monotonic() - began


@pytest.fixture
def slow_box(tmp_path: Path, rough_post: Post) -> Iterator[SlowBox]:
    made = SlowBox(tmp_path / "home", **rough_post.settings)
    made.compile()
    made.slow_down(0, 0)
    try:
        yield made.fill().start()
    finally:
        made.close()


def test_callers_do_not_notice_and_nothing_is_lost(
    slow_box: SlowBox, phones: PhoneMaker, rough_post: Post
) -> None:
    box, spoken, before = slow_box, Spoken(slow_box), slow_box.pids()
    owned = mailboxes.make(box.home, Owned("891"), "desk@paper.example")
    box.slow_down(WRITE, FLUSH)
    assert box.flushes_in() > (WRITE + FLUSH) / 1000
    callers = [call(phones(f"555089{number}"), box) for number in range(CALLERS)]
    for caller in callers:
        spoken.wait_heard(MENU, caller.line.heard)
    message = leave(phones("5550899"), box, spoken, owned.number, part(LATE, 6.0))
    for caller in callers:
        caller.hang_up()
    assert box.pids() >= before, "a process was taken for dead"

    rough_post.wait_mail(message.id, LATER)
    eventually(lambda: not box.ledger.open_calls(), "all calls have ended in the store", LATER)
    assert [kept(caller, box).state for caller in callers] == ["hung_up"] * CALLERS
    assert "Traceback" not in box.said()
    box.slow_down(0, 0)
    eventually(box.is_well, "the box is well", LATER)
