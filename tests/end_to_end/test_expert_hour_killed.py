"""The callbox is killed in the midst of an expert's hour; the next one goes on with it."""

from collections.abc import Iterator

import pytest

from lines.experts.ports import QuestionState, SessionState
from lines.pieces.places import in_progress
from store.models.expert import PieceState
from tests.contract.phone import Manners
from tests.end_to_end.box import Box
from tests.end_to_end.callers import register
from tests.end_to_end.conftest import PhoneMaker
from tests.end_to_end.expert_hours import Hour, furnish, planned
from tests.end_to_end.house import House, phone_at
from tests.end_to_end.spoken import Spoken
from tests.end_to_end.test_things_die import killed
from tests.end_to_end.waiting import eventually

pytestmark = pytest.mark.timeout(500)

HEARD = 8000
"""Bytes: half a second."""


@pytest.fixture
def hour(rough_box: Box, rough_spoken: Spoken, phones: PhoneMaker) -> Iterator[Hour]:
    """Expert and host are there; ann is on air, bob waits."""
    house = furnish(House(rough_box, rough_spoken))
    expert = phones("200", Manners(status=None))
    register(expert, rough_box)
    house.person("602", phone_at("200"), title="Doctor Storm")
    with planned(house, phones, "602") as made:
        made.answers("expert", expert)
        made.staff("host", "host")
        eventually(lambda: made.state()["state"] == "live", "the hour is live", 60)
        for number, name in enumerate(("ann", "bob"), 1):
            made.caller(name)
            made.press(name, "1")
            eventually(lambda n=number: made.state()["waiting_count"] == n, f"{name} waits")
        made.press("host", "1")
        made.hears({"bob": {"host", "expert", "ann"}})
        yield made
    expert.hang_up()
    register(expert, rough_box, 0)


def test_who_was_there_goes_on_and_keys_work(hour: Hour) -> None:
    box = hour.house.box
    killed(box, "callbox")
    box.wait_until_well()
    both = {"host", "expert"}
    hour.hears({"bob": {*both, "ann"}, "ann": both, "expert": {"host", "ann"}})
    eventually(hour.is_held, "the hour is held again", 60)
    assert hour.state()["on_air"]["number"] == "5556002"
    eventually(lambda: _sounds_in(hour, 2), "the piece after the death has sound", 60)
    hour.press("host", "2")
    hour.hears({"bob": both, "ann": both, "expert": {"host"}})
    hour.press("host", "1")
    hour.hears({"ann": {*both, "bob"}, "bob": both, "expert": {"host", "bob"}})
    eventually(lambda: _sounds_in(hour, 3), "the next caller's piece has sound", 60)
    hour.client.close()
    for voice in hour.choir.voices.values():
        voice.phone.wait_end(60)
    eventually(lambda: hour.row().state == SessionState.CLOSED, "the session is closed")
    assert [each.state for each in hour.questions()] == [QuestionState.ANSWERED] * 2
    recording = PieceState.RECORDING
    eventually(lambda: recording not in _states(hour), "nothing counts as being recorded", 90)
    # until the death, after it, and of the next caller
    assert _states(hour) == [PieceState.KEPT] * 3, [each.__data__ for each in hour.pieces()]


def _sounds_in(hour: Hour, number: int) -> bool:
    """Whether it is being recorded, and something has come into its file: whoever is on air for a
    quarter of a second only leaves none."""
    pieces = hour.pieces()
    if len(pieces) != number:
        return False
    path = in_progress(hour.session, pieces[-1].id)
    file = hour.house.box.home / "recordings" / path
    return file.is_file() and file.stat().st_size > HEARD


def _states(hour: Hour) -> list[str]:
    return [each.state for each in hour.pieces()]
