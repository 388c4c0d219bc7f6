"""Everything is killed at once, as by a power cut, and started again."""

import pytest

from tests.end_to_end.box import Box, all_gone
from tests.end_to_end.waiting import eventually
from tests.kill.conftest import Newsroom
from tests.kill.crowd import crowd
from tests.kill.judging import spoken_until_kill


def kill_all(box: Box) -> None:
    family = box.family()
    for process in family:
        process.kill()
    if box.freeswitch:
        box.freeswitch.kill()
    eventually(lambda: all_gone(family), "everything is gone")


@pytest.mark.timeout(300)
def test_a_box_that_is_killed_as_a_whole_costs_no_message_and_doubles_none(
    newsroom: Newsroom,
) -> None:
    with crowd(newsroom.box) as callers:
        callers.meet(lambda: kill_all(newsroom.box))
        callers.give_up()
        callers.wait_over()
        newsroom.box.start()
        newsroom.judge(callers, spoken_until_kill)
