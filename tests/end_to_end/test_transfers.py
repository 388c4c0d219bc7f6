"""A person at a desk sends a caller elsewhere: to numbers of the house, and nowhere else."""

from pathlib import Path
from urllib.parse import quote

import pytest

from tests.baresip import Baresip
from tests.contract.phone import Manners, Phone
from tests.contract.rtp import LIKE
from tests.end_to_end.callers import call, call_id, kept
from tests.end_to_end.house import (
    MUSIC,
    House,
    hear_each_other,
    hear_nobody,
    hear_oneself,
    phone_at,
)
from tests.end_to_end.ledger import KeptCall
from tests.end_to_end.waiting import eventually
from tests.phones import PhoneMaker

pytestmark = pytest.mark.timeout(300)

LIMIT = 40.0
RINGS = Manners(status=None)


def parts(house: House, caller: Phone, count: int) -> list[KeptCall]:
    """The rows of one call, once all have their ends."""

    def found() -> list[KeptCall] | None:
        rows = house.box.ledger.calls("sip_call_id = ?", call_id(caller))
        return rows if len(rows) == count and all(row.ended_at for row in rows) else None

    return eventually(found, f"{count} parts of the call have ended")


def picked_up(phone: Phone) -> Phone:
    phone.wait_invite(LIMIT)
    phone.pick_up()
    return phone


def connected(house: House, caller: Phone, person: Phone, number: str) -> Phone:
    house.person(number, phone_at(person.number))
    call(caller, house.box, number)
    hear_each_other(caller, picked_up(person))
    return caller


def test_a_blind_transfer_runs_the_flow_of_the_number_as_a_call_of_its_own(
    house: House, phones: PhoneMaker, desks: PhoneMaker
) -> None:
    first, second = desks("200", RINGS), desks("201", RINGS)
    house.person("412", phone_at("201"))
    caller = connected(house, phones("5550421"), first, "411")
    assert first.refer(house.box.uri("412")).status == 202
    first.wait_end(LIMIT)
    hear_each_other(caller, picked_up(second))
    second.hang_up()
    caller.wait_end(LIMIT)
    came, again = parts(house, caller, 2)
    assert (came.dialled, came.state, came.reason) == ("411", "transferred", "BLIND_TRANSFER")
    assert (again.dialled, again.flow, again.state) == ("412", "reach", "finished")
    assert again.uuid.startswith(f"{came.uuid}.")
    assert [step.step for step in house.box.ledger.steps(came)] == ["ring"]
    assert [step.step for step in house.box.ledger.steps(again)] == ["ring", "back", "bye"]


def replaced(house: House, phone: Phone, number: str) -> str:
    """An address that stands for the call that `phone` is in (RFC 3891, section 3)."""
    dialog = phone.dialog
    assert dialog is not None
    theirs, ours = (side.rpartition(";tag=")[2] for side in (dialog.remote, dialog.local))
    parameters = f"{dialog.call_id};to-tag={theirs};from-tag={ours}"
    return f"{house.box.uri(number)}?Replaces={quote(parameters, safe='')}"


def test_an_attended_transfer_joins_the_caller_with_who_was_asked(
    house: House, phones: PhoneMaker, desks: PhoneMaker
) -> None:
    first, second, consulting = desks("200", RINGS), desks("201", RINGS), phones("200")
    caller = connected(house, phones("5550422"), first, "413")
    first.hold("sendonly")
    assert caller.line.hears(MUSIC, LIMIT) > LIKE
    connected(house, consulting, second, "414")
    assert first.refer(replaced(house, consulting, "414")).status == 202
    consulting.wait_end(LIMIT)
    hear_each_other(caller, second)
    second.hang_up()
    caller.wait_end(LIMIT)
    for phone in (caller, consulting):
        found = kept(phone, house.box)
        assert (found.state, found.reason) == ("transferred", "ATTENDED_TRANSFER")


def test_a_phone_that_people_use_transfers_a_caller(
    house: House, phones: PhoneMaker, desks: PhoneMaker, tmp_path: Path
) -> None:
    other = desks("201", RINGS)
    house.person("415", phone_at("200"))
    house.person("416", phone_at("201"))
    person = Baresip(tmp_path / "desk", house.box.sip, "200", house.secret("200"))
    try:
        person.wait_registered()
        caller = call(phones("5550423"), house.box, "415")
        hear_oneself(caller)
        person.command("hold")
        assert caller.line.hears(MUSIC, LIMIT) > LIKE
        person.command("transfer", house.box.uri("416"))
        hear_each_other(caller, picked_up(other))
        other.hang_up()
        caller.wait_end(LIMIT)
    finally:
        person.close()
    assert [row.dialled for row in parts(house, caller, 2)] == ["415", "416"]


def test_a_phone_that_people_use_takes_a_call_with_the_key(
    house: House, phones: PhoneMaker, tmp_path: Path
) -> None:
    house.person("417", phone_at("200", confirm=True))
    person = Baresip(tmp_path / "desk", house.box.sip, "200", house.secret("200"))
    try:
        person.wait_registered()
        caller = call(phones("5550424"), house.box, "417")
        person.wait(lambda event: event.get("type") == "CALL_ESTABLISHED", LIMIT)
        hear_nobody(caller)
        person.command("sndcode", "1")
        hear_oneself(caller)
    finally:
        person.close()
    caller.wait_end(LIMIT)
    assert kept(caller, house.box).state == "finished"
