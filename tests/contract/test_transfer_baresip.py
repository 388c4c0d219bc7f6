"""Hold and transfer with a phone that people use."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.baresip import Baresip
from tests.contract.conftest import USERS, Leg
from tests.contract.dialplan import ECHO
from tests.contract.rtp import LIKE, SAID
from tests.contract.sounds import Sounds
from tests.contract.test_bridge import go_on_after_failure
from tests.switches import Switch

LIMIT = 30.0


@pytest.fixture
def desk(switch: Switch, tmp_path: Path) -> Iterator[Baresip]:
    """A phone at number 200 that answers by itself."""
    phone = Baresip(tmp_path / "desk", switch.sip, "200", USERS["200"])
    try:
        yield phone.wait_registered()
    finally:
        phone.close()


def reached(leg: Leg, sounds: Sounds) -> None:
    """The caller and the phone are connected."""
    go_on_after_failure(leg)
    leg.esl.start("bridge", f"[hold_music={sounds.path('menu')}]user/200@127.0.0.1")
    leg.esl.event("CHANNEL_BRIDGE")


def test_its_hold_key_plays_music(leg: Leg, desk: Baresip, sounds: Sounds) -> None:
    reached(leg, sounds)
    desk.command("hold")
    assert leg.phone.line.hears(sounds.samples("menu"), LIMIT) > LIKE


def test_its_transfer_key_sends_the_caller_on(
    switch: Switch, leg: Leg, desk: Baresip, sounds: Sounds
) -> None:
    reached(leg, sounds)
    desk.command("transfer", f"sip:{ECHO}@127.0.0.1:{switch.plan.sip_port}")
    desk.wait(lambda event: event.get("type") == "CALL_CLOSED", LIMIT)
    leg.phone.line.say(sounds.samples("short"))
    assert leg.phone.line.hears_said(sounds.samples("short"), LIMIT) > SAID
