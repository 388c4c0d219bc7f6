"""What a call to a number costs, by kind. Where it is not sure, the dearer kind is taken."""

from typing import Final

from phonenumbers import (
    COUNTRY_CODE_TO_REGION_CODE,
    PhoneNumber,
    PhoneNumberType,
    national_significant_number,
    number_type,
    region_code_for_number,
)
from phonenumbers.shortnumberinfo import is_emergency_number

from store.models.line import CostClass

# ITU-T, "List of ITU-T Recommendation E.164 assigned country codes".
SATELLITE_CODES: Final = frozenset({870, 881, 882, 883})
"""Inmarsat, other satellites, and international networks, which fraud likes as much."""
PREMIUM_CODES: Final = frozenset({808, 878, 888, 979})
"""International shared cost, personal, and premium rate numbers."""
FREE_CODE: Final = 800

COSTLY: Final = frozenset(
    {
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.PERSONAL_NUMBER,
        PhoneNumberType.PAGER,
    }
)
AT_HOME: Final = {
    PhoneNumberType.TOLL_FREE: CostClass.FREE,
    PhoneNumberType.MOBILE: CostClass.MOBILE,
}
"""Of what is neither costly nor abroad; everything else is `LOCAL`."""
MOST_PADDING: Final = 6
"""Digits that are tried behind a number that may be the beginning of a costly one."""


def cost_of(number: PhoneNumber, country: str) -> CostClass:
    """The class of a parsed number, for a paper in `country` (ISO 3166)."""
    code = number.country_code or 0
    if code in SATELLITE_CODES:
        return CostClass.SATELLITE
    if is_emergency(number):
        return CostClass.EMERGENCY
    kind = number_type(number)
    if code in PREMIUM_CODES or kind in COSTLY:
        return CostClass.PREMIUM
    if kind == PhoneNumberType.UNKNOWN:
        return CostClass.PREMIUM if _is_nearly_costly(number) else CostClass.UNKNOWN
    if code == FREE_CODE:
        return CostClass.FREE
    if region_code_for_number(number) != country:
        return CostClass.INTERNATIONAL
    return AT_HOME.get(kind, CostClass.LOCAL)


def is_emergency(number: PhoneNumber) -> bool:
    """`+49 112`: a trunk may take the country code away, and what is left is an emergency."""
    digits = national_significant_number(number)
    regions = COUNTRY_CODE_TO_REGION_CODE.get(number.country_code or 0, ())
    return any(is_emergency_number(digits, region) for region in regions)


def _is_nearly_costly(number: PhoneNumber) -> bool:
    """Whether a number that no country has may still end at a costly one.

    Exchanges ignore digits after a complete number, and take a carrier's code before it.
    """
    value = str(number.national_number or 0)
    begun = (value[:length] for length in range(3, len(value)))
    padded = (value + "5" * more for more in range(MOST_PADDING + 1))
    behind = (value[start:] for start in range(1, len(value) - 2))
    return any(_is_costly(number, digits) for digits in (*begun, *padded, *behind))


def _is_costly(like: PhoneNumber, digits: str) -> bool:
    near = PhoneNumber(country_code=like.country_code, national_number=int(digits))
    return number_type(near) in COSTLY
