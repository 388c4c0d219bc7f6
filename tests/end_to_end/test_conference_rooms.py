"""Callers in conference rooms, through a flow and a PIN: who gets in, and who hears whom."""

from collections.abc import Callable

import pytest

from ivr_flows.ports import Role
from tests.end_to_end import conferences
from tests.end_to_end.box import Box
from tests.end_to_end.conferences import Scene
from tests.end_to_end.conftest import PhoneMaker
from tests.end_to_end.spoken import Spoken

pytestmark = pytest.mark.timeout(300)

SceneIn = Callable[..., Scene]


@pytest.fixture
def scene_in(box: Box, phones: PhoneMaker, spoken: Spoken) -> SceneIn:
    """A room of that number and with these facts, in which nobody is yet."""

    def make(number: str, *pins: Role, **facts: object) -> Scene:
        conferences.make(box.home, number, *pins, **facts)
        return Scene(box, phones, spoken, number)

    return make


def test_two_callers_with_the_pin_hear_each_other(scene_in: SceneIn) -> None:
    scene = scene_in("7001", title="the planning conference")
    ann = scene.knock("ann").hears("Please key in your PIN, then the hash key.").press("4927#")
    ann.hears("Welcome to the planning conference.")
    scene.choir.hum("ann")
    scene.enter("bob")
    scene.choir.hears({"ann": {"bob"}, "bob": {"ann"}})
