"""A whole expert's hour by phone: the expert is called, callers ask, one after the other."""

from collections.abc import Iterator

import pytest

from lines.experts.ports import QuestionState, SessionState
from store.models.expert import PieceState
from tests.contract.phone import Manners
from tests.end_to_end.expert_hours import Hour, furnish, planned
from tests.end_to_end.house import House, desks, house, phone_at
from tests.end_to_end.waiting import eventually
from tests.phones import PhoneMaker

__all__ = ["desks", "house"]

pytestmark = pytest.mark.timeout(400)

RINGS = Manners(status=None)


@pytest.fixture(scope="module")
def venue(house: House) -> House:
    return furnish(house)


@pytest.fixture
def hour(venue: House, phones: PhoneMaker, desks: PhoneMaker) -> Iterator[Hour]:
    """The expert was called and is there, with a host."""
    expert = desks("200", RINGS)
    venue.person("601", phone_at("200"), title="Doctor Storm")
    with planned(venue, phones, "601") as made:
        made.answers("expert", expert)
        made.staff("host", "host")
        yield made


def test_an_hour_from_the_call_to_the_expert_to_the_rows_that_stay(hour: Hour) -> None:
    eventually(lambda: hour.state()["state"] == "live", "the hour is live", 60)
    hour.caller("ann")
    hour.caller("bob")
    both = {"expert": {"host"}, "host": {"expert"}}
    hour.hears({**both, "ann": {"host", "expert"}, "bob": {"host", "expert"}})
    hour.press("bob", "1")
    eventually(lambda: hour.state()["waiting_count"] == 1, "bob waits")
    hour.press("ann", "1")
    eventually(lambda: hour.state()["waiting_count"] == 2, "ann waits")
    hour.press("host", "1")
    hour.hears({"ann": {"host", "expert", "bob"}, "expert": {"host", "bob"}})
    shown = hour.house.box.done("experts", "live")
    assert all(words in shown for words in ("expert", "host", "on air: ", "5556003"))
    hour.press("host", "2")
    hour.hears({"ann": {"host", "expert"}, "expert": {"host"}})
    hour.client.next()
    hour.hears({"bob": {"host", "expert", "ann"}, "ann": {"host", "expert"}})
    hour.client.close()
    for voice in hour.choir.voices.values():
        voice.phone.wait_end(60)
    eventually(lambda: hour.row().state == SessionState.CLOSED, "the session is closed")
    assert [each.state for each in hour.questions()] == [QuestionState.ANSWERED] * 2
    eventually(
        lambda: [each.state for each in hour.pieces()] == [PieceState.KEPT] * 2, "both are kept"
    )
    assert all(each.seconds > 0.3 for each in hour.pieces())
