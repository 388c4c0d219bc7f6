"""Callers who come before the host and the expert."""

import pytest

from lines.experts.ports import SessionState
from store.database import writing
from store.models import ExpertLine
from tests.end_to_end.ear import Ear
from tests.end_to_end.expert_hours import furnish, planned
from tests.end_to_end.house import MUSIC, House, house, phone_at
from tests.end_to_end.mailboxes import opened
from tests.end_to_end.waiting import eventually
from tests.listening import RATE, heard_in
from tests.phones import PhoneMaker

__all__ = ["house"]

pytestmark = pytest.mark.timeout(400)

BAR = MUSIC[RATE : 2 * RATE]


@pytest.fixture(scope="module")
def venue(house: House) -> House:
    return furnish(house)


def test_they_hear_music_and_can_ask_already_until_the_host_is_there(
    venue: House, phones: PhoneMaker
) -> None:
    venue.person("609", phone_at("200"), title="Doctor Storm")
    with planned(venue, phones, "609", starts_in=90.0, call_expert=False) as hour:
        with opened(venue.box.home), writing():
            ExpertLine.update(music="waltz").where(ExpertLine.name == "line-609").execute()
        eventually(lambda: hour.row().state == SessionState.OPEN, "the doors are open", 60)
        ann = hour.caller("ann")
        ear = Ear(ann, venue.spoken, at=len(ann.line.heard())).hears_sound(BAR, "the music", 60)
        ear.press("1")
        eventually(lambda: hour.state()["waiting_count"] == 1, "ann waits to ask", 60)
        hour.staff("host", "host")
        hour.hears({"ann": {"host"}})
        ended = len(ann.line.heard())
        eventually(lambda: len(ann.line.heard()) > ended + 4 * RATE, "four seconds more")
        assert heard_in(BAR, ann.line.heard()[ended:]) < 0.5
