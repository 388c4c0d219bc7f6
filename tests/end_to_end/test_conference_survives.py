"""A conference outlives the callbox: it goes on, and the next callbox knows all of it."""

import pytest

from appliance.errors import BoxSilent, WishRefused
from ivr_flows.ports import Role
from tests.end_to_end import conferences
from tests.end_to_end.box import Box
from tests.end_to_end.conferences import Scene
from tests.end_to_end.conftest import PhoneMaker
from tests.end_to_end.spoken import Spoken
from tests.end_to_end.waiting import eventually

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def scene(rough_box: Box, phones: PhoneMaker, rough_spoken: Spoken) -> Scene:
    conferences.make(rough_box.home, "7099")
    return Scene(rough_box, phones, rough_spoken, "7099")


def knows_again(scene: Scene, members: int) -> bool:
    try:
        return len(scene.members()) == members
    except (BoxSilent, WishRefused):
        return False


def test_after_a_crash_of_the_callbox_keys_and_commands_work_as_before(scene: Scene) -> None:
    host = scene.enter("host", Role.MODERATOR)
    ann, eve = scene.enter("ann"), scene.enter("eve", Role.LISTENER)
    scene.choir.hears({"host": {"ann"}, "eve": {"host", "ann"}})
    eve.press("1")
    host.press("4")
    eventually(lambda: scene.ask("who")["locked"], "the room is locked")
    before = eventually(lambda: with_a_hand(scene), "the hand is raised")
    scene.box.kill("callbox")
    scene.choir.hears({"host": {"ann"}, "eve": {"host", "ann"}})
    scene.box.wait_until_well()
    eventually(lambda: knows_again(scene, 3), "the next callbox knows the room")
    assert lasting(scene) == before
    assert scene.ask("who")["locked"]
    eve.press("2")
    scene.choir.hears({"host": {"ann"}})
    host.press("6")
    scene.choir.hears({"host": {"ann", "eve"}})
    ann.press("2")
    scene.choir.hears({"host": {"eve"}})
    scene.ask("kick", member=before[ann.phone.number]["number"])
    ann.phone.wait_end()
    assert len(scene.members()) == 2
    host.press("88")
    for ear in (host, eve):
        ear.phone.wait_end()


def lasting(scene: Scene) -> "dict[str, dict[str, object]]":
    """Its members, without who talks at this moment."""
    return {number: {**member, "talking": None} for number, member in scene.members().items()}


def with_a_hand(scene: Scene) -> "dict[str, dict[str, object]] | None":
    found = lasting(scene)
    return found if any(member["hand"] for member in found.values()) else None
