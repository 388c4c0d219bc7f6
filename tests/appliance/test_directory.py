"""Who can be rung, asked of a sidecar; and who when nobody answers there."""

import gevent
import pytest

from appliance.directory import SidecarDirectory
from appliance.errors import SidecarFailed
from ivr_flows.ports import BridgeOutcome, Reach, Target
from store.models.line import Door
from tests.doubles import FakeSidecar

ANNA = Reach([Target("user", "201", "Anna", reservation=7)], language="en")
PHONES = {"200": "Desk"}


def test_people_are_asked_for_with_who_asks_and_for_which_call() -> None:
    sidecar = FakeSidecar(ANNA)
    assert SidecarDirectory(sidecar, PHONES).reach("anna", "5551234", "a call") == ANNA
    assert sidecar.asked == [("reach", "anna", Door.DIAL, "5551234", "a call")]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("200", [Target("user", "200", "Desk")]),
        ("desk", [Target("user", "200", "Desk")]),
        ("anna", []),
        ("0301234567", []),
        ("sofia/gateway/x/0900", []),
    ],
)
def test_without_the_store_only_desk_phones_are_rung(name: str, found: list[Target]) -> None:
    directory = SidecarDirectory(FakeSidecar(SidecarFailed("away")), PHONES)
    assert list(directory.reach(name, "", "a call").targets) == found


def test_what_became_of_each_number_is_noted_and_who_was_not_rung_does_not_count() -> None:
    sidecar = FakeSidecar(None)
    spare = Target("sip", "1@b", reservation=1)
    first = Target("sip", "1@a", reservation=1, instead=spare)
    second, unreserved = Target("sip", "2@a", reservation=2), Target("user", "200")
    tried = [(first, BridgeOutcome.UNREACHABLE), (spare, BridgeOutcome.ANSWERED)]
    SidecarDirectory(sidecar, PHONES).settle([first, second, unreserved], tried)
    gevent.idle()
    assert sidecar.asked == [("settle", 1, BridgeOutcome.ANSWERED), ("release", 2)]
