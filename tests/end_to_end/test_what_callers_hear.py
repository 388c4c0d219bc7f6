"""Each thing that the Daily's main line tells, keyed without listening to the menus."""

from collections.abc import Iterator

import pytest

from tests.contract.phone import Phone
from tests.end_to_end.box import Box
from tests.end_to_end.callers import call, kept
from tests.end_to_end.conftest import PhoneMaker
from tests.end_to_end.spoken import Spoken

KEYS = {
    "mandarin": "9130417#",
    "unknown": "19999#",
    "price": "24",
    "station": "310115",
    "hours": "4",
}
"""Typed ahead: every key is pressed before its prompt has been heard."""


@pytest.fixture(scope="module")
def callers(box: Box) -> Iterator[dict[str, Phone]]:
    """They all talk to the box at once."""
    phones = {name: Phone(f"555020{number}") for number, name in enumerate(KEYS)}
    for phone in phones.values():
        phone.call(box.sip, "100")
    for name, phone in phones.items():
        phone.wait_answer().press(KEYS[name])
    yield phones
    for phone in phones.values():
        phone.close()


def hangs_up_after(phone: Phone, box: Box) -> list[str]:
    """The way that the call went, as the store has it."""
    phone.hang_up()
    call = kept(phone, box)
    assert call.state == "hung_up"
    return box.ledger.path(call)


def test_after_nine_a_subscriber_hears_mandarin(
    callers: dict[str, Phone], box: Box, spoken: Spoken
) -> None:
    phone = callers["mandarin"]
    said = "陈美玲，您好。您订阅的每日报到二零二八年二月二十九日，星期二为止。"
    spoken.wait_heard(said, phone.line.heard, "zh")
    assert "main/chinese" in hangs_up_after(phone, box)


def test_a_subscriber_whom_nobody_knows_is_read_the_number_and_asked_again(
    callers: dict[str, Phone], box: Box, spoken: Spoken
) -> None:
    phone = callers["unknown"]
    spoken.wait_heard(
        "We found no subscription with the number nine nine nine nine.", phone.line.heard
    )
    spoken.wait_heard("Please key in your subscriber number, then the hash key.", phone.line.heard)
    assert hangs_up_after(phone, box).count("subscription/ask") == 2


def test_the_price_of_an_advertisement_is_spoken_with_its_coins_and_size(
    callers: dict[str, Phone], box: Box, spoken: Spoken
) -> None:
    phone = callers["price"]
    said = (
        "A business card costs ninety-five euros and fifty cents. "
        "It is ninety by fifty millimetres."
    )
    spoken.wait_heard(said, phone.line.heard)
    assert "advertising/tell" in hangs_up_after(phone, box)


def test_the_nearest_station_is_spoken_with_its_telephone_number(
    callers: dict[str, Phone], box: Box, spoken: Spoken
) -> None:
    phone = callers["station"]
    said = (
        "The nearest delivery station is North Station, 12 Canal Street.  "
        "Its telephone number is five five five, zero three zero one."
    )
    spoken.wait_heard(said, phone.line.heard)
    assert "delivery/tell" in hangs_up_after(phone, box)


def test_the_opening_hours_are_spoken(callers: dict[str, Phone], box: Box, spoken: Spoken) -> None:
    phone = callers["hours"]
    said = "Our desk is open Monday to Friday from 9 to 5 30, and on Saturday from 9 to 12."
    spoken.wait_heard(said, phone.line.heard)
    assert "main/times" in hangs_up_after(phone, box)


def test_a_number_that_leads_nowhere_is_hung_up_and_kept_as_failed(
    box: Box, phones: PhoneMaker
) -> None:
    phone = phones("5550299").call(box.sip, "999")
    phone.wait_end()
    found = kept(phone, box)
    assert (found.state, found.flow) == ("failed", "")
    assert "no route" in found.reason


def test_a_call_to_the_subscription_number_begins_there(
    box: Box, phones: PhoneMaker, spoken: Spoken
) -> None:
    phone = call(phones("5550298"), box, "101")
    spoken.wait_heard("Please key in your subscriber number, then the hash key.", phone.line.heard)
    assert hangs_up_after(phone, box) == ["subscription/ask"]
