"""A callbox that hangs is the outage that nobody sees, for its sockets stay open.

All that there are: `make outages`.
"""

import pytest

from tests.kill.conftest import Newsroom
from tests.kill.outage import CALLS, Outage
from tests.kill.outages import faults
from tests.kill.witness import End


@pytest.mark.timeout(400)
def test_when_the_callbox_hangs_forty_callers_hear_the_notice_and_leave_their_messages(
    newsroom: Newsroom,
) -> None:
    met = Outage(newsroom.box, "callbox", "frozen").run()
    assert faults(met) == []
    assert met.ends[End.NOTICE] + met.ends[End.SENT] == CALLS, met
    assert met.spoken > CALLS / 2
