"""What guests hear: the test calls within the flows of meetings."""

from appliance.flow_files import failing_tests
from appliance.own_flows import load_own

FACTS = {"paper": {"name": "the Daily"}}


def test_the_flows_of_meetings_pass_their_own_test_calls() -> None:
    loaded = load_own()
    assert {"pressline-meeting-reminder", "pressline-meeting-dial-out"} <= loaded.flows.keys()
    failed = failing_tests(loaded, {}, FACTS)
    assert [report for report in failed if "pressline-meeting" in report] == []
