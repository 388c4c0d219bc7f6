"""Flows read for the panel in a child process: as in its own, and for a bounded time."""

from collections.abc import Iterator

import pytest

from admin.errors import Refused
from appliance.home import Home
from appliance.panel_parts import flows as panel_flows
from appliance.panel_parts.flows import MODULE, SidecarFlows
from appliance.sidecar import Sidecar
from store import flows
from tests.ports import free_port
from tests.stores import store_url

GOOD = "flow: hello\nstart: a\nsteps: {a: {say: Hello}}\ntests: [{name: hello, hears: [Hello]}]\n"

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def desk(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[SidecarFlows]:
    """Over the store that the test writes to."""
    monkeypatch.setenv("PRESSLINE_HOME", str(home.root))
    monkeypatch.setenv("PRESSLINE_DATABASE", store_url(home.root / "pressline.db"))
    monkeypatch.setenv("PRESSLINE_ESL", f"127.0.0.1:{free_port()}")
    monkeypatch.setattr(panel_flows, "CHECK_LIMIT", 60.0)
    sidecar = Sidecar(MODULE, "2")
    yield SidecarFlows(sidecar)
    sidecar.stop()


def test_flows_are_read_and_rehearsed_in_a_child_process(desk: SidecarFlows) -> None:
    flows.save_draft("hello", GOOD)
    flows.go_live("hello", 1)
    assert not desk.check("hello", GOOD).problems
    assert desk.mistakes({"hello": "steps: 3", "bye": GOOD}) == {"hello": 3, "bye": 1}
    assert "hello" in desk.words()["names"]["flow"]
    rehearsal = desk.rehearse({"hello": GOOD})
    assert rehearsal.passed
    assert [(call.name, call.heard) for call in rehearsal.calls] == [("hello", ("Hello",))]


def test_a_text_that_cannot_be_read_in_time_is_refused(
    desk: SidecarFlows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel_flows, "CHECK_LIMIT", 0.0)
    with pytest.raises(Refused, match="could not be read in 0 seconds"):
        desk.check("hello", GOOD)


def test_what_went_live_is_announced_without_a_running_box_too(
    desk: SidecarFlows, home: Home
) -> None:
    told = desk.announce([flows.save_draft("hello", GOOD).id])
    assert told.startswith("The box will take it up when it starts")
    assert home.jobs.exists()
