"""The same client script is told the same on every switch."""

import pytest

from tests.contract.client import Connection
from tests.contract.conftest import CallMaker, PhoneMaker
from tests.contract.replay import SCRIPTS, Stage, golden, lines
from tests.contract.sounds import Sounds
from tests.switches import Switch


@pytest.fixture
def stage(
    switch: Switch, calls: CallMaker, phones: PhoneMaker, inbound: Connection, sounds: Sounds
) -> Stage:
    return Stage(switch, calls, phones, inbound, sounds)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_told_what_freeswitch_tells(stage: Stage, name: str) -> None:
    assert lines(SCRIPTS[name](stage)) == golden().lines[name]


@pytest.mark.parametrize("name", SCRIPTS)
def test_events_have_all_the_headers_that_freeswitch_gives(stage: Stage, name: str) -> None:
    expected = golden().headers
    lacking = {
        f"{event.name} has no {header}"
        for event in SCRIPTS[name](stage)
        for header in expected.get(event.name, set()) - set(event.headers)
    }
    assert not lacking, "\n".join(sorted(lacking))
