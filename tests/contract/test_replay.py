"""The same client script is told the same on every switch."""

import pytest

from tests.contract.client import Connection, Frame
from tests.contract.conftest import CallMaker, PhoneMaker
from tests.contract.replay import SCRIPTS, Stage, golden, lines
from tests.contract.sounds import Sounds
from tests.switches import Switch

TOLD: dict[tuple[str, str], list[Frame]] = {}
"""By switch and script: each script is run once and judged twice."""


@pytest.fixture(params=SCRIPTS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def told(
    name: str,
    switch: Switch,
    calls: CallMaker,
    phones: PhoneMaker,
    inbound: Connection,
    sounds: Sounds,
) -> list[Frame]:
    key = (switch.name, name)
    if key not in TOLD:
        TOLD[key] = SCRIPTS[name](Stage(switch, calls, phones, inbound, sounds))
    return TOLD[key]


def test_a_script_is_told_the_golden_events(name: str, told: list[Frame]) -> None:
    assert lines(told) == golden().lines[name]


def test_events_have_all_the_golden_headers(told: list[Frame]) -> None:
    expected = golden().headers
    lacking = {
        f"{event.name} has no {header}"
        for event in told
        for header in expected.get(event.name, set()) - set(event.headers)
    }
    assert not lacking, "\n".join(sorted(lacking))
