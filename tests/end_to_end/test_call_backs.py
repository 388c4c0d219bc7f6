"""Callers are called back: at the number they gave, by a key of theirs, once and not twice.

The trunk is a phone of the test's: whatever is dialled over it rings there.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.phone import Manners, Phone
from tests.end_to_end.box import OURS, Box
from tests.end_to_end.callers import call
from tests.end_to_end.conftest import NO_FREESWITCH
from tests.end_to_end.ear import Ear
from tests.end_to_end.house import LOCAL, PREMIUM, House
from tests.end_to_end.ledger import KeptCall
from tests.end_to_end.spoken import Spoken
from tests.end_to_end.test_things_die import killed
from tests.end_to_end.waiting import eventually
from tests.phones import PhoneMaker
from tests.switches import FreeSwitch

pytestmark = pytest.mark.timeout(900)

FLOWS = OURS / "flows_of_callbacks"
ASKED, TAKE_IT = "You asked to be called back.", "To take this call, press 1."
ANSWER = "Here is the answer to your question about taxes."
PROMISED, REFUSED = "We will call you back.", "We cannot call that number."
BUSY, RINGS = Manners(status=486), Manners(status=None)
LIMIT = 150.0


@pytest.fixture(scope="module", params=["embedded", "freeswitch"])
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    if request.param == "freeswitch" and FreeSwitch.program() is None:
        pytest.skip(NO_FREESWITCH)
    box = Box(_home(tmp_path_factory, request.param), request.param, country="DE")
    try:
        box.fill().done("publish", str(FLOWS))
        house = House(box, Spoken(box))
        house.write(routes=[{"number": "430", "flow": "promise"}])
        box.start()
        yield house
        assert "Traceback" not in box.said(), box.said()
    finally:
        box.close()


def _home(factory: pytest.TempPathFactory, switch: str) -> Path:
    return factory.mktemp(f"callbacks-{switch}") / "home"


def promised(house: House, caller: Phone) -> str:
    """The caller asks for a call at their own number; its number in the list."""
    ear = Ear(call(caller, house.box, "430"), house.spoken)
    ear.hears("If we may call you back there, press 1.").press("1").hears(PROMISED)
    caller.wait_end(LIMIT)
    return newest(house)


def newest(house: House) -> str:
    [(number,)] = house.box.ledger.ask("SELECT max(id) FROM callback")
    return str(number)


def comes_to(house: House, number: str, *wanted: str) -> None:
    """Until state and outcome are these."""

    def state() -> tuple[str, ...]:
        sql = "SELECT state, outcome FROM callback WHERE id = ?"
        [found] = house.box.ledger.ask(sql, number)
        return found

    eventually(lambda: state()[: len(wanted)] == wanted, f"{wanted}, not {state()}", LIMIT)


def only_call(house: House, number: str) -> KeptCall:
    """The call that was placed and answered for it, once it is in the store with its end."""
    kept = "direction = 'out' AND ended_at IS NOT NULL AND purpose = ?"
    [found] = eventually(
        lambda: house.box.ledger.calls(kept, f"call-back {number}"), "the call is in the store"
    )
    return found


def takes_it(phone: Phone, house: House) -> None:
    """Who is called hears the answer to the end."""
    phone.wait_answer(LIMIT)
    Ear(phone, house.spoken).hears(ASKED).hears(TAKE_IT).press("1").hears(ANSWER)
    phone.wait_end(LIMIT)


def test_a_caller_is_called_back_and_hears_the_answer(house: House, phones: PhoneMaker) -> None:
    trunk = phones("trunk")
    house.trunks(trunk)
    number = promised(house, phones("03012345678"))
    takes_it(trunk, house)
    assert f"sip:{LOCAL}@" in trunk.wait_invite()["To"]
    comes_to(house, number, "done", "answered")
    placed = only_call(house, number)
    assert (placed.flow, placed.dialled, placed.tags) == ("answer", LOCAL, '["heard"]')
    house.wait_log(f"{LOCAL} local callback 03012345678 settled answered")
    assert house.box.done("callbacks") == ""
    assert f"{LOCAL}  answer  tried 1 of 2: answered" in house.box.done("callbacks", "--all")


def test_a_busy_number_is_tried_again(house: House, phones: PhoneMaker) -> None:
    busy, free = phones("busy", BUSY), phones("free")
    house.trunks(busy)
    number = promised(house, phones("03012345670"))
    comes_to(house, number, "waiting", "busy")
    house.trunks(free)
    house.box.done("callbacks", "now", number)
    takes_it(free, house)
    comes_to(house, number, "done", "answered")


def test_a_premium_number_is_refused_at_once(house: House, phones: PhoneMaker) -> None:
    house.trunks(phones("trunk"))
    before = house.box.ledger.ask("SELECT count(*) FROM callback")
    caller = phones("03012345671")
    ear = Ear(call(caller, house.box, "430"), house.spoken)
    ear.hears("If we may call you back there, press 1.").press("09001234567#")
    ear.hears("If that is right, press 1.").press("1").hears(REFUSED)
    caller.wait_end(LIMIT)
    assert house.box.ledger.ask("SELECT count(*) FROM callback") == before
    house.wait_log(f"{PREMIUM} premium callback 03012345671 refused")


def test_an_answering_machine_was_not_reached(house: House, phones: PhoneMaker) -> None:
    machine = phones("machine")
    house.trunks(machine)
    number = promised(house, phones("03012345672"))
    machine.wait_answer(LIMIT)
    comes_to(house, number, "waiting", "refused")
    assert house.box.ledger.ask("SELECT attempts FROM callback WHERE id = ?", number) == [(1,)]


def test_a_cancelled_call_rings_no_longer(house: House, phones: PhoneMaker) -> None:
    ringing = phones("ringing", RINGS)
    house.trunks(ringing)
    number = promised(house, phones("03012345673"))
    ringing.wait_invite(LIMIT)
    house.box.done("callbacks", "cancel", number)
    ringing.wait_end(LIMIT)
    comes_to(house, number, "cancelled")


def test_a_callbox_that_is_killed_while_it_rings_calls_again_and_not_once_more(
    house: House, phones: PhoneMaker
) -> None:
    ringing, again = phones("ringing", RINGS), phones("again")
    house.trunks(ringing)
    number = promised(house, phones("03012345674"))
    ringing.wait_invite(LIMIT)
    killed(house.box, "callbox")
    ringing.wait_end(LIMIT)
    comes_to(house, number, "waiting")
    house.trunks(again)
    house.box.done("callbacks", "now", number)
    takes_it(again, house)
    comes_to(house, number, "done")
    assert only_call(house, number).tags == '["heard"]'
    killed(house.box, "callbox")
    house.box.wait_until_well()
    assert house.box.done("callbacks", "--all").splitlines()[0].split()[:2] == [number, "done"]
    assert only_call(house, number).tags == '["heard"]'
