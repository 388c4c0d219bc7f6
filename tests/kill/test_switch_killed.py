"""The switch is killed: all calls are gone at once, and what is on the disk by then is kept."""

import pytest

from tests.end_to_end.box import Box
from tests.kill.conftest import Newsroom
from tests.kill.crowd import crowd
from tests.kill.judging import spoken_until_kill


def kill_switch(box: Box) -> None:
    if box.freeswitch is None:
        box.kill("switch")
    else:
        box.freeswitch.kill()


@pytest.mark.timeout(300)
def test_a_killed_switch_costs_no_message_and_doubles_none(newsroom: Newsroom) -> None:
    with crowd(newsroom.box) as callers:
        callers.meet(lambda: kill_switch(newsroom.box))
        callers.give_up()
        callers.wait_over()
        if newsroom.box.freeswitch:
            newsroom.box.freeswitch.start()
        newsroom.judge(callers, spoken_until_kill)
