"""The callbox is killed: the switch goes on recording, and what it recorded is found again."""

import pytest

from tests.kill.conftest import Newsroom
from tests.kill.crowd import crowd
from tests.kill.judging import spoken_in_all


@pytest.mark.timeout(300)
def test_a_killed_callbox_costs_no_message_and_doubles_none(newsroom: Newsroom) -> None:
    with crowd(newsroom.box) as callers:
        callers.meet(lambda: newsroom.box.kill("callbox"))
        callers.wait_over()
        newsroom.judge(callers, spoken_in_all)
