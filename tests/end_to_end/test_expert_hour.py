"""A whole expert's hour by phone: the expert is called, callers ask, one after the other."""

from collections.abc import Iterator
from itertools import count

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
BUSY = 486
NUMBERS = count(601)
"""An hour has a line of its own."""


@pytest.fixture(scope="module")
def venue(house: House) -> House:
    return furnish(house)


@pytest.fixture
def hour(venue: House, phones: PhoneMaker, desks: PhoneMaker) -> Iterator[Hour]:
    """The expert was called and is there, with a host."""
    expert = desks("200", RINGS)
    number = str(next(NUMBERS))
    venue.person(number, phone_at("200"), phone_at("201"), title="Doctor Storm")
    with planned(venue, phones, number) as made:
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


def test_an_expert_whose_line_drops_is_called_again_and_the_talk_goes_on(
    hour: Hour, desks: PhoneMaker
) -> None:
    eventually(lambda: hour.state()["state"] == "live", "the hour is live", 60)
    hour.caller("ann")
    hour.press("ann", "1")
    eventually(lambda: hour.state()["waiting_count"] == 1, "ann waits")
    hour.press("host", "1")
    hour.hears({"expert": {"host", "ann"}})
    elsewhere = desks("201", RINGS)
    first = hour.choir.voices["expert"].phone
    first.manners = Manners(status=BUSY)
    first.hang_up()
    hour.hears({"ann": {"host"}})
    hour.answers("expert again", elsewhere)
    everybody = {"host", "ann", "expert again"}
    hour.hears({name: everybody - {name} for name in everybody})
    hour.client.close()
    eventually(lambda: len(hour.pieces()) == 2, "before and after: a piece each")
