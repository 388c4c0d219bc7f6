"""A dear number reaches nobody, by whatever door it is tried, and each try is in the log.

The trunk would take it: a phone of the test's, over which everything German may be dialled.
"""

from collections.abc import Iterator

import pytest

from tests.contract.phone import Manners, Phone
from tests.end_to_end import mailboxes
from tests.end_to_end.callers import call, call_id
from tests.end_to_end.ear import Ear
from tests.end_to_end.house import (
    PREMIUM,
    House,
    hear_each_other,
    outside,
    phone_at,
)
from tests.end_to_end.mailboxes import Owned
from tests.end_to_end.waiting import eventually
from tests.phones import PhoneMaker

pytestmark = pytest.mark.timeout(300)

LIMIT = 40.0
RINGS = Manners(status=None)
FORMS = ("09001234567", "00499001234567", "+499001234567")
"""One number, as people and machines write it."""


@pytest.fixture
def trunk(house: House, phones: PhoneMaker) -> Iterator[Phone]:
    """Nothing must come to it."""
    end = phones("trunk")
    house.trunks(end)
    yield end
    assert not end.invited.is_set(), end.statuses()


@pytest.fixture
def connected(house: House, phones: PhoneMaker, desks: PhoneMaker) -> tuple[Phone, Phone]:
    """A caller, and the desk that speaks with him."""
    person = desks("200", RINGS)
    house.person("411", phone_at("200"))
    caller = call(phones("5550431"), house.box, "411")
    person.wait_invite(LIMIT)
    person.pick_up()
    hear_each_other(caller, person)
    return caller, person


@pytest.mark.parametrize("number", [form for form in FORMS if form.isdecimal()])
def test_by_the_keys_of_a_caller(
    house: House, phones: PhoneMaker, trunk: Phone, number: str
) -> None:
    caller = call(phones("5550430"), house.box, "420")
    caller.press(f"{number}#")
    house.spoken.wait_heard("That number is not called from here.", caller.line.heard)
    caller.wait_end(LIMIT)
    house.wait_log(f"{PREMIUM} premium dial 5550430 refused")


def test_as_the_number_of_a_person(house: House, phones: PhoneMaker, trunk: Phone) -> None:
    house.person("412", outside(PREMIUM))
    caller = call(phones("5550432"), house.box, "412")
    house.spoken.wait_heard("That number is not called from here.", caller.line.heard)
    caller.wait_end(LIMIT)
    house.wait_log(f"{PREMIUM} premium dial 5550432 refused")


@pytest.mark.parametrize("number", FORMS)
def test_by_a_blind_transfer(
    house: House, trunk: Phone, connected: tuple[Phone, Phone], number: str
) -> None:
    caller, person = connected
    person.refer(house.box.uri(number))
    caller.wait_end(LIMIT)
    house.wait_log(f"{PREMIUM} premium transfer 5550431 refused")
    first, second = eventually(lambda: both_parts(house, caller), "both parts are in the store")
    assert (first, second) == ("transferred", "failed")


def both_parts(house: House, caller: Phone) -> list[str]:
    rows = house.box.ledger.calls("sip_call_id = ?", call_id(caller))
    return [row.state for row in rows] if len(rows) == 2 and rows[1].ended_at else []


def test_by_a_blind_transfer_to_the_trunks_own_address(
    house: House, trunk: Phone, connected: tuple[Phone, Phone]
) -> None:
    caller, person = connected
    person.refer(f"sip:{PREMIUM}@127.0.0.1:{trunk.port}")
    caller.wait_end(LIMIT)
    house.wait_log(f"{PREMIUM} premium transfer 5550431 refused")


def test_by_a_caller_who_transfers_the_desk(
    house: House, trunk: Phone, connected: tuple[Phone, Phone]
) -> None:
    caller, person = connected
    caller.refer(house.box.uri(PREMIUM))
    person.wait_end(LIMIT)
    house.wait_log(f"{PREMIUM} premium transfer refused")


def test_by_asking_there_before_an_attended_transfer(
    house: House, phones: PhoneMaker, trunk: Phone, connected: tuple[Phone, Phone]
) -> None:
    caller, person = connected
    person.hold("sendonly")
    asking = phones("200").call(house.box.sip, "09001234567")
    asking.wait_end(LIMIT)
    house.wait_log(f"{PREMIUM} premium transfer 200 refused")
    person.hold("sendrecv")
    hear_each_other(caller, person)


def test_by_an_attended_transfer_to_a_call_that_nobody_has(
    house: House, trunk: Phone, connected: tuple[Phone, Phone]
) -> None:
    """FreeSWITCH would dial the address that the phone names: docs/freeswitch.md, point 6."""
    _, person = connected
    unknown = "nobody%40nowhere%3Bto-tag%3D1%3Bfrom-tag%3D2"
    person.refer(f"sip:{PREMIUM}@127.0.0.1:{trunk.port}?Replaces={unknown}")
    assert person.told_of_transfer(LIMIT) == "SIP/2.0 403 Forbidden"


def test_as_the_number_of_who_left_a_message(
    house: House, phones: PhoneMaker, trunk: Phone
) -> None:
    owned = mailboxes.make(house.box.home, Owned("850"))
    mailboxes.put(house.box.home, owned, callback="09001234567")
    ear = Ear(phones("5550433"), house.spoken)
    call(ear.phone, house.box, "199")
    ear.press(f"{owned.number}#{owned.pin}#").hears("You have one new message.")
    ear.press("1#02").hears("That number cannot be called from here.")
    ear.phone.hang_up()
    house.wait_log(f"{PREMIUM} premium mailbox refused")
