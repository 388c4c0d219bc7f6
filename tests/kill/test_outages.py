"""A callbox that hangs is the outage that nobody sees, for its sockets stay open.

All that there are: `make outages`.
"""

import pytest

from tests.end_to_end.conftest import NO_FREESWITCH
from tests.kill.outage import CALLS, Outage
from tests.kill.outages import SWITCHES, faults, running
from tests.kill.witness import End
from tests.switches import FreeSwitch


@pytest.mark.timeout(400)
@pytest.mark.parametrize("switch", SWITCHES)
def test_when_the_callbox_hangs_forty_callers_hear_the_notice_and_leave_their_messages(
    switch: str,
) -> None:
    if switch == "freeswitch" and FreeSwitch.program() is None:
        pytest.skip(NO_FREESWITCH)
    with running(switch) as box:  # of its own: the other tests here count every message and mail
        met = Outage(box, "callbox", "frozen").run()
    assert faults(met, "callbox") == []
    assert met.ends[End.NOTICE] + met.ends[End.SENT] == CALLS, met
    assert met.spoken > CALLS / 2
