"""Which rule decides, and what it needs for that."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from ivr_flows.ports import NOT_SHOWN, Target
from lines.dialling.entry import RuleEntry, TrunkEntry
from lines.dialling.number import normalised
from lines.dialling.rules import Why, ruling
from lines.dialling.ways import as_written, target, trunks_for
from store.models.line import Door, NumberForm
from tests.lines.houses import ABROAD, EVERYTHING, LOCAL, MOBILE, MORNING, PREMIUM


def said(
    number: str, *rules: dict[str, Any], door: Door = Door.DIAL, at: datetime = MORNING
) -> str:
    """The rule that allows the number, or why it is refused."""
    named = {f"r{at}": RuleEntry.model_validate(rule) for at, rule in enumerate(rules)}
    found = ruling(named, normalised(number, "DE"), door, at)
    return found.why or found.rule


@pytest.mark.parametrize("number", [LOCAL, MOBILE, ABROAD, "0800 1234567", "4711", PREMIUM, "112"])
def test_without_a_rule_nothing_outside_is_dialled(number: str) -> None:
    assert said(number) in (Why.NO_RULE, Why.CLOSED)


def test_the_first_rule_that_fits_decides() -> None:
    rules: list[dict[str, Any]] = [
        {"refuse": True, "to": ["+4930*"]},
        {"to": ["+49*"]},
        {"refuse": True, "to": ["*"]},
    ]
    assert said(LOCAL, *rules) is Why.RULE
    assert said("040 1234567", *rules) == "r1"
    assert said(ABROAD, *rules) is Why.RULE


def test_a_rule_names_numbers_prefixes_countries_and_classes() -> None:
    assert said(LOCAL, {"to": [LOCAL]}) == "r0"
    assert said(LOCAL, {"to": ["030*"]}) == "r0"
    assert said(ABROAD, {"countries": ["CH", "AT"]}) == "r0"
    assert said(MOBILE, {"classes": ["mobile"]}) == "r0"
    assert said(LOCAL, {"to": ["+49*"], "classes": ["mobile"]}) is Why.NO_RULE
    assert said("+41 44 668 18 00", {"countries": ["AT"], "to": ["+4144*"]}) == "r0"


def test_a_prefix_in_national_form_is_at_home_only() -> None:
    assert said("+43 30 123456", {"to": ["030*"]}) is Why.NO_RULE


@pytest.mark.parametrize("number", [PREMIUM, "112", "+870773123456"])
def test_costly_and_emergency_numbers_are_opened_by_their_very_number_only(number: str) -> None:
    prefix = {"to": [f"{number[:-1]}*"], "classes": EVERYTHING["classes"]}
    assert said(number, EVERYTHING, prefix, {"countries": ["DE"]}) is Why.CLOSED
    assert said(number, {"to": [number]}) == "r0"


def test_an_unknown_kind_of_number_has_to_be_meant() -> None:
    assert said("4711", {"to": ["47*"]}) is Why.NO_RULE
    assert said("4711", {"to": ["47*"], "classes": ["unknown"]}) == "r0"
    assert said("4711", {"to": ["4711"]}) == "r0"


def test_a_refusal_that_names_no_classes_refuses_all_of_them() -> None:
    assert said(PREMIUM, {"refuse": True, "to": ["+49*"]}, {"to": [PREMIUM]}) is Why.RULE


def test_a_rule_may_be_for_some_doors() -> None:
    rule = {"to": ["+49*"], "doors": ["mailbox", "callback"]}
    assert said(LOCAL, rule, door=Door.MAILBOX) == "r0"
    assert said(LOCAL, rule, door=Door.TRANSFER) is Why.NO_RULE


def test_a_rule_counts_in_its_hours() -> None:
    rule = {"to": ["+49*"], "hours": {"mon-fri": "08:00-18:00"}}
    assert said(LOCAL, rule) == "r0"
    assert said(LOCAL, rule, at=MORNING + timedelta(hours=12)) is Why.HOURS
    night = {"refuse": True, "to": ["*"], "hours": {"mon-sun": "22:00-06:00"}}
    assert said(LOCAL, night, rule) == "r1"
    always = {"to": ["+49*"]}
    assert said(LOCAL, night, always, at=MORNING + timedelta(hours=13)) is Why.RULE


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"to": ["+49 30"]},
        {"to": ["*49"]},
        {"to": ["+"]},
        {"countries": ["49"]},
        {"countries": ["XX"]},
        {"classes": ["cheap"]},
        {"to": ["*"], "doors": ["window"]},
        {"to": ["*"], "hours": {"someday": "08:00-18:00"}},
    ],
)
def test_an_odd_rule_is_refused(rule: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        RuleEntry.model_validate(rule)


def test_trunks_are_tried_in_their_order_where_they_take_the_number() -> None:
    trunks = [
        TrunkEntry(name="home", host="a", numbers=("+49*",)),
        TrunkEntry(name="pbx", host="b", numbers=("47*",)),
        TrunkEntry(name="all", gateway="c"),
    ]

    def over(number: str) -> list[str]:
        return [trunk.name for trunk in trunks_for(normalised(number, "DE"), trunks)]

    assert over(LOCAL) == ["home", "all"]
    assert over("4711") == ["pbx", "all"]
    assert over(ABROAD) == ["all"]


@pytest.mark.parametrize(
    ("form", "home", "abroad"),
    [
        (NumberForm.E164, LOCAL, ABROAD),
        (NumberForm.DIGITS, LOCAL[1:], ABROAD[1:]),
        (NumberForm.NATIONAL, "03012345678", f"00{ABROAD[1:]}"),
    ],
)
def test_a_number_is_written_as_the_trunk_wants_it(
    form: NumberForm, home: str, abroad: str
) -> None:
    assert as_written(normalised(LOCAL, "DE"), form) == home
    assert as_written(normalised(ABROAD, "DE"), form) == abroad
    assert as_written(normalised("112", "DE"), form) == "112"


@pytest.mark.parametrize(
    ("shows", "shown"), [("caller", ""), ("nothing", NOT_SHOWN), ("+49301", "+49301")]
)
def test_each_trunk_shows_its_own_number(shows: str, shown: str) -> None:
    over_host = TrunkEntry(name="a", host="sip.example:5061", shows=shows)
    over_gateway = TrunkEntry(name="b", gateway="provider", shows=shows)
    number = normalised(LOCAL, "DE")
    assert target(number, over_host) == Target(
        "sip", f"{LOCAL}@sip.example:5061", LOCAL, shown_number=shown
    )
    assert target(number, over_gateway) == Target(
        "gateway", f"{LOCAL}@provider", LOCAL, shown_number=shown
    )


@pytest.mark.parametrize(
    "trunk",
    [{}, {"host": "a", "gateway": "b"}, {"host": "a b"}, {"host": "a", "shows": "us"},
     {"gateway": "a/b"}, {"host": "a", "numbers": ["0[0-9]"]}],
)  # fmt: skip
def test_an_odd_trunk_is_refused(trunk: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        TrunkEntry.model_validate({"name": "a", **trunk})
