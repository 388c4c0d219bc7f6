"""What the rules of the house say of a number, before anything is counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ivr_flows.ports import Clock, Target
from lines.dialling import records
from lines.dialling.entry import TrunkEntry
from lines.dialling.number import PHONE, Number, normalised
from lines.dialling.rules import Rulebook, Ruling, Why, ruling
from lines.dialling.ways import target, trunks_for
from lines.errors import NumberOdd
from store.models.line import CostClass, Door


@dataclass(frozen=True, slots=True)
class House:
    """What the settings say that the rules need."""

    clock: Clock
    country: str = ""
    """ISO 3166; empty: numbers in national form are refused."""
    phones: Mapping[str, str] = field(default_factory=dict)
    """Desk phones: their titles by number."""
    usual: Rulebook = field(default_factory=Rulebook)
    """Trunks, and rules, for as long as the store has none."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes or no, and from what it follows."""

    number: Number | None
    """None for a desk phone, and for what is no number."""
    cost: CostClass
    ruling: Ruling
    trunks: Sequence[TrunkEntry] = ()
    """Those that take the number."""
    targets: Sequence[Target] = ()
    """Empty when it is refused."""


def judge(house: House, book: Rulebook, text: str, door: Door) -> Verdict:
    """Raises `StoreAway`."""
    if inside := _inside(house, text):
        return Verdict(None, CostClass.INSIDE, Ruling(), targets=(inside,))
    try:
        number = normalised(text, house.country)
    except NumberOdd as odd:
        return Verdict(None, CostClass.UNKNOWN, Ruling(why=Why.ODD, detail=str(odd)))
    ruled = ruling(book.rules or house.usual.rules, number, door, house.clock.now())
    trunks = trunks_for(number, book.trunks or house.usual.trunks)
    if ruled.allows and not trunks:
        ruled = Ruling(ruled.rule, Why.NO_TRUNK, "no trunk takes it")
    targets = [target(number, trunk) for trunk in trunks] if ruled.allows else ()
    return Verdict(number, number.cost, ruled, trunks, targets)


def is_inside(house: House, text: str) -> bool:
    """Whether it is a phone of the house. Raises `StoreAway`."""
    return _inside(house, text) is not None


def _inside(house: House, text: str) -> Target | None:
    title = house.phones.get(text)
    if title is None and not (PHONE.fullmatch(text) and records.is_phone(text)):
        return None
    return Target("user", text, title or text)
