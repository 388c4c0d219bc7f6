"""English words for values."""

import datetime as dt
from decimal import Decimal

import pytest

from ivr_flows.speaking import FILTERS


@pytest.mark.parametrize(
    ("given", "style", "spoken"),
    [
        (dt.date(2027, 5, 3), "full", "Monday, the third of May, twenty twenty-seven"),
        (dt.datetime(2027, 5, 3, 9), "long", "the third of May, twenty twenty-seven"),
        ("2027-05-03T09:00:00+02:00", "short", "the third of May"),
        ("2000-12-31", "long", "the thirty-first of December, two thousand"),
        ("2007-01-01", "long", "the first of January, two thousand and seven"),
        ("2010-02-22", "long", "the twenty-second of February, twenty ten"),
        ("1905-08-12", "long", "the twelfth of August, nineteen oh five"),
        ("1900-11-20", "long", "the twentieth of November, nineteen hundred"),
        ("0001-01-01", "short", "the first of January"),
    ],
)
def test_dates(given: object, style: str, spoken: str) -> None:
    assert FILTERS["date"](given, "en", style) == spoken


@pytest.mark.parametrize(
    ("given", "style", "spoken"),
    [
        ("14:30", "12", "two thirty p.m."),
        (dt.time(9, 5), "12", "nine oh five a.m."),
        ("9:00", "12", "nine a.m."),
        ("00:05", "12", "twelve oh five a.m."),
        ("12:00", "12", "twelve noon"),
        ("00:00:00", "12", "twelve midnight"),
        ("12:45", "12", "twelve forty-five p.m."),
        (dt.datetime(2027, 5, 3, 21, 15), "24", "twenty-one fifteen"),
        ("09:00", "24", "oh nine hundred hours"),
        ("00:07", "24", "zero oh seven"),
    ],
)
def test_times(given: object, style: str, spoken: str) -> None:
    assert FILTERS["time"](given, "en", style) == spoken


@pytest.mark.parametrize(
    ("given", "currency", "spoken"),
    [
        ("12.50", "EUR", "twelve euros and fifty cents"),
        (1, "USD", "one dollar"),
        (0, "GBP", "zero pounds"),
        ("0.01", "GBP", "one penny"),
        ("-3.02", "GBP", "minus three pounds and two pence"),
        ("-0.001", "USD", "zero dollars"),
        ("€1,250.50", "", "one thousand two hundred and fifty euros and fifty cents"),
        ("HKD 40", "USD", "forty Hong Kong dollars"),
        ("$7.25", "CAD", "seven Canadian dollars and twenty-five cents"),
        ("1999.5", "JPY", "two thousand yen"),
        (0.285, "USD", "twenty-nine cents"),
        (Decimal("999999999999.99"), "CHF", None),
    ],
)
def test_sums(given: object, currency: str, spoken: str | None) -> None:
    said = FILTERS["money"](given, "en", currency)
    assert said == spoken if spoken else said.endswith("Swiss francs and ninety-nine centimes")


@pytest.mark.parametrize(
    ("given", "spoken"),
    [
        (0, "zero"),
        (13, "thirteen"),
        ("101", "one hundred and one"),
        (2002, "two thousand and two"),
        ("12,345", "twelve thousand three hundred and forty-five"),
        (10**6, "one million"),
        (10**12 + 1, "one trillion and one"),
        (-10.05, "minus ten point zero five"),
        (Decimal("-0"), "zero"),
        ("3.140", "three point one four"),
        ("１２", "twelve"),
        (Decimal("1e-999999"), "zero"),
        (0.1 + 0.2, "zero point three"),
    ],
)
def test_numbers(given: object, spoken: str) -> None:
    assert FILTERS["number"](given, "en") == spoken


@pytest.mark.parametrize(
    ("given", "spoken"),
    [
        (1, "first"),
        (2, "second"),
        ("3", "third"),
        (5, "fifth"),
        (8, "eighth"),
        (9, "ninth"),
        (12, "twelfth"),
        (20, "twentieth"),
        (21, "twenty-first"),
        (100, "one hundredth"),
        (101, "one hundred and first"),
        (1000, "one thousandth"),
        (0, "zeroth"),
    ],
)
def test_ordinals(given: object, spoken: str) -> None:
    assert FILTERS["ordinal"](given, "en") == spoken


@pytest.mark.parametrize(
    ("given", "size", "spoken"),
    [
        ("123456", 3, "one two three, four five six"),
        ("1234", 3, "one two three four"),
        (12345, 3, "one two three, four five"),
        ("0042", 4, "zero zero four two"),
        ("12-34", 3, "one two, three four"),
        ("*98#", 10, "star nine eight hash"),
    ],
)
def test_digits(given: object, size: int, spoken: str) -> None:
    assert FILTERS["digits"](given, "en", size) == spoken


@pytest.mark.parametrize(
    ("given", "spoken"),
    [
        ("+12125550123", "plus one, two one two, five five five, zero one two three"),
        ("2125550123", "two one two, five five five, zero one two three"),
        (
            "+44 (0)20 7946 0018",
            "plus four four, two zero, seven nine four six, zero zero one eight",
        ),
        ("0085221234567", "plus eight five two, two one two three, four five six seven"),
        ("100", "one zero zero"),
        ("+49", "plus four nine"),
        ("1 2 3 4", "one two three four"),
    ],
)
def test_phone_numbers(given: object, spoken: str) -> None:
    assert FILTERS["phone"](given, "en") == spoken


def test_spelling_names_marks_and_leaves_out_what_has_no_name() -> None:
    spelled = FILTERS["spell"]("SW1A é@x.co😀\x00", "en")
    assert spelled == "S, W, one, A, É, at, X, dot, C, O"
