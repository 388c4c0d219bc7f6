"""What people key, write and send as their numbers, and what it would cost to dial it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lines.dialling.number import normalised
from lines.errors import NumberOdd
from store.models.line import CostClass

EXACT = re.compile(r"\+?[0-9]{1,17}", re.ASCII)
FILLING = st.text(alphabet=" -./()", max_size=2)


@pytest.mark.parametrize(
    "written",
    [
        "030 12345678",
        "+49 30 12345678",
        "0049-30-12345678",
        "+49 (0)30 12345678",
        "(030) 1234/5678",
        "+49.30.1234.5678",
    ],
)
def test_one_number_is_the_same_however_it_is_written(written: str) -> None:
    found = normalised(written, "DE")
    assert (found.digits, found.national, found.region) == ("+493012345678", "03012345678", "DE")


@pytest.mark.parametrize(
    ("written", "country", "cost"),
    [
        ("030 12345678", "DE", CostClass.LOCAL),
        ("0171 1234567", "DE", CostClass.MOBILE),
        ("0800 1234567", "DE", CostClass.FREE),
        ("+800 1234 5678", "DE", CostClass.FREE),
        ("+43 1 9876543", "DE", CostClass.INTERNATIONAL),
        ("+1 800 234 5678", "DE", CostClass.INTERNATIONAL),
        ("0900 1 234567", "DE", CostClass.PREMIUM),
        ("0180 5 123456", "DE", CostClass.PREMIUM),
        ("0700 12345678", "DE", CostClass.PREMIUM),
        ("+41 900 123456", "DE", CostClass.PREMIUM),
        ("+44 70 1234 5678", "GB", CostClass.PREMIUM),
        ("1 900 234 5678", "US", CostClass.PREMIUM),
        ("+979 1 2345 6789", "DE", CostClass.PREMIUM),
        ("+870 773 123 456", "DE", CostClass.SATELLITE),
        ("+881 612345678", "DE", CostClass.SATELLITE),
        ("+882 1 234567", "DE", CostClass.SATELLITE),
        ("112", "DE", CostClass.EMERGENCY),
        ("112", "", CostClass.EMERGENCY),
        ("911", "DE", CostClass.EMERGENCY),
        ("999", "GB", CostClass.EMERGENCY),
        ("4711", "DE", CostClass.UNKNOWN),
        ("+49 165 12345", "DE", CostClass.UNKNOWN),
    ],
)
def test_the_kind_of_cost_is_known(written: str, country: str, cost: CostClass) -> None:
    assert normalised(written, country).cost is cost


@pytest.mark.parametrize("written", ["0112", "00112", "+49112", "0049 112", "112345", "1 1 2"])
def test_an_emergency_number_is_one_behind_prefixes_and_before_more_digits(written: str) -> None:
    assert normalised(written, "DE").cost is CostClass.EMERGENCY


@pytest.mark.parametrize("behind", ["0", "12", "345"])
def test_digits_behind_a_costly_number_do_not_make_it_cheap(behind: str) -> None:
    assert normalised(f"0900 1 234567{behind}", "DE").cost is CostClass.PREMIUM


def test_a_costly_number_behind_a_carriers_code_stays_costly() -> None:
    assert normalised("01033 900 1234567", "DE").cost is CostClass.PREMIUM


def test_an_island_that_shares_the_country_code_is_abroad() -> None:
    jersey, jamaica = normalised("+441534123456", "GB"), normalised("+18765551234", "US")
    assert (jersey.cost, jersey.region) == (CostClass.INTERNATIONAL, "JE")
    assert (jamaica.cost, jamaica.region) == (CostClass.INTERNATIONAL, "JM")
    assert jamaica.national == ""


def test_without_a_country_only_whole_numbers_are_understood() -> None:
    assert normalised("0049 30 12345678", "").digits == "+493012345678"
    with pytest.raises(NumberOdd, match="the setting `country` names no country"):
        normalised("030 12345678", "")


def test_the_way_out_of_the_papers_own_country_is_known() -> None:
    assert normalised("011 49 30 12345678", "US").digits == "+493012345678"


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        ("", "other characters"),
        ("+", "other characters"),
        ("0171-CALL-NOW", "other characters"),
        ("030123456p12", "other characters"),
        ("030123456,,12", "other characters"),
        ("030123456;ext=12", "other characters"),
        ("030123456 x12", "other characters"),
        ("*31#0301234567", "other characters"),
        ("sip:100@example.com", "other characters"),
        ("٠٣٠١٢٣٤٥٦٧", "other characters"),
        ("０３０１２３４５", "other characters"),
        ("030\u200b1234567", "other characters"),
        ("030\x001234567", "other characters"),
        ("030\r\n1234567", "other characters"),
        ("\ud800", "other characters"),
        ("49+30123456", "other characters"),
        ("1" * 20, "20 digits"),
        ("1" * 10_000, "10000 characters"),
        ("+999 123456", "no country"),
        ("+49 3", "no country"),
        ("0000000", "no country"),
    ],
)
def test_what_is_no_number_is_refused_with_a_reason(odd: str, why: str) -> None:
    with pytest.raises(NumberOdd, match=why):
        normalised(odd, "DE")


@given(st.text(max_size=50) | st.text("+0123456789 -()", max_size=30))
def test_whatever_is_given_comes_out_exact_or_is_refused(text: str) -> None:
    for country in ("DE", "US", ""):
        try:
            found = normalised(text, country)
        except NumberOdd:
            continue
        assert EXACT.fullmatch(found.digits)
        assert normalised(found.digits, country) == found


@given(st.lists(FILLING, min_size=14, max_size=14), st.sampled_from(("+49", "0049", "0", "+490")))
def test_a_premium_number_is_seen_through_every_disguise(fill: list[str], before: str) -> None:
    written = "".join(f"{digit}{gap}" for digit, gap in zip("9001234567", fill, strict=False))
    assert normalised(before + written, "DE").cost is CostClass.PREMIUM
