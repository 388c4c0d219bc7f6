"""Who goes by a name, and by which numbers they are reached."""

import pytest

from ivr_flows import ports
from ivr_flows.ports import Target
from lines.dialling import Why
from lines.errors import PersonInvalid, PersonTaken, PersonUnknown
from lines.people import Directory, People, Reach, lookup, reach, records
from lines.people.entry import Entry, checked
from store.models import PersonNumber
from store.models.line import CostClass, DialState, Door
from tests.lines.houses import LOCAL, MOBILE, PREMIUM, dialling_of, rows, set_rules

PHONES = {"200": "News Desk", "201": "anna"}
PEOPLE = People(PHONES)
DESK: dict[str, object] = {"kind": "phone", "number": "202", "ring_seconds": 15}
POCKET: dict[str, object] = {"kind": "outside", "number": "0171 1234567"}


def anna(*numbers: dict[str, object], **facts: object) -> Entry:
    person = checked(
        "DE", name="anna", title="Anna Berg", numbers=numbers or (DESK, POCKET), **facts
    )
    records.create(person)
    return person


def reached(name: str = "anna") -> Reach:
    person = PEOPLE.find(name)
    assert person is not None
    return reach(dialling_of(), person, Door.DIAL, "0301", "call")


def asked(name: str) -> ports.Reach:
    return Directory(PEOPLE, dialling_of()).reach(name, Door.DIAL, "0301", "call")


def test_a_person_is_kept_and_found_again(store: str) -> None:
    person = anna(language="zh", mail="anna@paper.example", at_once=True)
    assert PEOPLE.find("anna") == person
    assert PEOPLE.find("Anna") == person
    assert records.entries() == {"anna": person}


@pytest.mark.parametrize("asked", ["200", "News Desk", "news desk"])
def test_desk_phones_of_the_settings_are_people_by_number_and_name(store: str, asked: str) -> None:
    found = PEOPLE.find(asked)
    assert found is not None
    assert (found.title, [number.number for number in found.numbers]) == ("News Desk", ["200"])


def test_a_person_goes_before_a_desk_phone_of_the_same_name(store: str) -> None:
    before = PEOPLE.find("anna")
    assert before is not None
    assert before.name == "201"
    person = anna()
    assert PEOPLE.find("anna") == person
    assert set(PEOPLE.all()) == {"anna", "200", "201"}
    assert PEOPLE.names() == {"anna", "200", "201", "News Desk"}


@pytest.mark.parametrize("asked", ["", "bob", "\x00", "\ud800", "ä" * 10_000, "anna'--"])
def test_whoever_is_nobody_is_not_found(store: str, asked: str) -> None:
    anna()
    assert PEOPLE.find(asked) is None


def test_numbers_are_rung_in_their_order_each_in_its_own_way(store: str) -> None:
    set_rules(rules={"home": {"to": ["+49*"]}})
    anna()
    found = reached()
    first, second = (one.reservation for one in found.allowed)
    mobile = f"{MOBILE}@sip.example:5061"
    assert found.targets == [
        Target("user", "202", "Anna Berg", ring_seconds=15.0, reservation=first),
        Target("sip", mobile, "Anna Berg", confirm=True, reservation=second),
    ]
    assert [one.cost_class for one in found.allowed] == [CostClass.INSIDE, CostClass.MOBILE]
    assert [row.state for row in rows()] == [DialState.RESERVED] * 2


def test_confirming_can_be_asked_of_a_phone_and_spared_outside(store: str) -> None:
    set_rules(rules={"home": {"to": ["+49*"]}})
    anna(DESK | {"confirm": True}, POCKET | {"confirm": False})
    assert [target.confirm for target in reached().targets] == [True, False]


def test_the_other_trunks_of_a_number_stand_behind_the_first(store: str) -> None:
    set_rules({"a": {"host": "a"}, "b": {"host": "b"}}, rules={"home": {"to": ["+49*"]}})
    anna(POCKET)
    (first,) = reached().targets
    spare = first.instead
    assert spare is not None
    assert (first.address, spare.address) == (f"{MOBILE}@a", f"{MOBILE}@b")
    assert (first.confirm, spare.confirm, spare.instead) == (True, True, None)
    assert first.reservation == spare.reservation == rows()[0].id


def test_a_person_is_spoken_to_in_their_language_and_rung_as_they_like(store: str) -> None:
    anna(DESK, language="yue", at_once=True)
    found = asked("Anna")
    assert (found.language, found.at_once, len(found.targets)) == ("yue", True, 1)
    desk = asked("News Desk")
    assert (desk.language, [target.address for target in desk.targets]) == ("", ["200"])


def test_a_number_of_nobody_is_rung_where_the_rules_allow_it_and_must_confirm(store: str) -> None:
    set_rules(rules={"home": {"to": ["+49*"]}})
    (target,) = asked("0171 1234567").targets
    assert (target.address, target.confirm) == (f"{MOBILE}@sip.example:5061", True)
    (phone,) = asked("200").targets
    assert (phone.kind, phone.confirm) == ("user", False)


def test_it_is_told_why_nobody_may_be_rung(store: str) -> None:
    set_rules(rules={"home": {"to": ["*"]}})
    anna({"kind": "outside", "number": PREMIUM})
    for name in ("anna", PREMIUM, "0900 1234567"):
        found = asked(name)
        assert (list(found.targets), bool(found.refused)) == ([], True), name
    assert [row.state for row in rows()] == [DialState.REFUSED] * 3


@pytest.mark.parametrize("name", ["", "nobody", "sofia/x", "\x00", "ä" * 10_000])
def test_whoever_is_nobody_and_no_number_is_not_a_matter_of_dialling_rules(
    store: str, name: str
) -> None:
    assert asked(name) == ports.Reach()
    assert rows() == []


def test_a_number_that_may_not_be_dialled_is_left_out(store: str) -> None:
    set_rules(rules={"home": {"to": ["*"]}})
    anna({"kind": "outside", "number": PREMIUM}, DESK)
    found = reached()
    assert [target.address for target in found.targets] == ["202"]
    assert [refused.why for refused in found.refused] == [Why.CLOSED]


def test_a_person_without_numbers_is_reached_by_nobody(store: str) -> None:
    records.create(checked("DE", name="ghost"))
    assert reached("ghost").targets == []


def test_a_desk_phone_of_a_person_may_be_dialled_by_its_number(store: str) -> None:
    anna()
    assert dialling_of().look("202", Door.TRANSFER, "").cost is CostClass.INSIDE
    assert dialling_of().look("0171 1234567", Door.TRANSFER, "").cost is CostClass.MOBILE


def test_changing_a_person_changes_the_numbers_too(store: str) -> None:
    anna()
    changed = checked("DE", name="anna", numbers=[{"kind": "outside", "number": LOCAL}])
    records.keep([changed])
    assert PEOPLE.find("anna") == changed
    assert PersonNumber.select().count() == 1


def test_a_person_is_made_once_and_removed_with_all_numbers(store: str) -> None:
    anna()
    with pytest.raises(PersonTaken):
        anna()
    records.remove("anna")
    assert PersonNumber.select().count() == 0
    with pytest.raises(PersonUnknown):
        records.remove("anna")


def test_every_fault_of_a_person_is_told() -> None:
    with pytest.raises(PersonInvalid) as told:
        checked(
            "DE",
            name="Anna Berg",
            language="xx",
            mail="nobody",
            numbers=[{"kind": "phone", "number": "2;0"}, {"kind": "pigeon", "number": "1"}],
        )
    assert [fault.split(":")[0] for fault in told.value.faults] == [
        "name",
        "language",
        "mail",
        "numbers.0",
        "numbers.1.kind",
    ]
    with pytest.raises(PersonInvalid, match=r"numbers\.1: '0171-CALL': it has other characters"):
        checked("DE", name="anna", numbers=[POCKET, POCKET | {"number": "0171-CALL"}])


def test_flows_may_name_people_and_their_desk_phones(store: str) -> None:
    anna(language="yue")
    assert lookup.names() == {"anna", "202"}
    assert lookup.languages() == {"yue"}
