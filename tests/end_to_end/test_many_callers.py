"""A morning with news: many callers at once, some of whom leave early."""

from pathlib import Path

from tests.end_to_end.box import Box
from tests.end_to_end.waiting import eventually
from tests.sipp import place_calls

CALLS = 400
RATE = 40


def test_four_hundred_calls_at_forty_a_second_all_succeed_and_are_all_kept(
    box: Box, tmp_path: Path
) -> None:
    before = len(box.ledger.calls("caller_name = 'sipp'"))
    report = place_calls("caller-asks-or-leaves", box.sip, "100", tmp_path, calls=CALLS, rate=RATE)
    assert (report.successful, report.failed) == (CALLS, 0), report.output
    eventually(lambda: not box.ledger.open_calls(), "every call has its end in the store", 30)
    calls = box.ledger.calls("caller_name = 'sipp'")[before:]
    assert len(calls) == CALLS
    assert {call.state for call in calls} == {"hung_up"}
    keyed = [call for call in calls if "subscription/tell" in box.ledger.path(call)]
    assert len(keyed) > CALLS / 4  # two in three keyed; not all of these stayed for the answer
    assert box.is_well()
