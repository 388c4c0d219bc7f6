"""Over which trunks a number goes, how it is written there, and what number is shown. Pure."""

from collections.abc import Sequence
from typing import Final

from ivr_flows.ports import NOT_SHOWN, Target
from lines.dialling.entry import TrunkEntry
from lines.dialling.number import Number
from lines.dialling.rules import fits_pattern
from store.models.line import NumberForm

SHOWN: Final = {"caller": "", "nothing": NOT_SHOWN}


def trunks_for(number: Number, trunks: Sequence[TrunkEntry]) -> Sequence[TrunkEntry]:
    """Those that take the number, the first to be tried first."""
    return [
        trunk
        for trunk in trunks
        if not trunk.numbers or any(fits_pattern(pattern, number) for pattern in trunk.numbers)
    ]


def target(number: Number, trunk: TrunkEntry) -> Target:
    written = as_written(number, trunk.form)
    shown = SHOWN.get(trunk.shows, trunk.shows)
    if gateway := gateway_of(trunk):
        return Target("gateway", f"{written}@{gateway}", number.digits, shown_number=shown)
    by = "" if trunk.transport == "udp" else f";transport={trunk.transport}"
    return Target("sip", f"{written}@{trunk.host}{by}", number.digits, shown_number=shown)


def gateway_of(trunk: TrunkEntry) -> str:
    """The switch's name for it; empty: it is called by its address.

    One with an account is a gateway of the trunk's own name (`provisioning.freeswitch`): only the
    switch can answer the provider's question for the password.
    """
    return trunk.gateway or (trunk.name if trunk.user else "")


def as_written(number: Number, form: NumberForm) -> str:
    """Short numbers have one form only."""
    if not number.digits.startswith("+") or form is NumberForm.E164:
        return number.digits
    if form is NumberForm.DIGITS:
        return number.digits[1:]
    return number.national or f"00{number.digits[1:]}"
