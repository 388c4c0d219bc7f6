"""The first rule that fits a number decides; without one, nothing outside is dialled. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from lines.dialling.entry import LimitEntry, OverallLimit, RuleEntry, TrunkEntry
from lines.dialling.number import Number
from store.hours import is_open, parse
from store.models.line import CostClass, Door

ORDINARY: Final = frozenset(
    {CostClass.FREE, CostClass.LOCAL, CostClass.MOBILE, CostClass.INTERNATIONAL}
)
"""What a rule allows that names no classes."""
CLOSED: Final = frozenset({CostClass.PREMIUM, CostClass.SATELLITE, CostClass.EMERGENCY})
"""Only a rule that has the very number in its `to` opens these."""


class Why(StrEnum):
    """Why a number is not dialled."""

    ODD = "odd"
    RULE = "rule"
    NO_RULE = "no_rule"
    CLOSED = "closed"
    HOURS = "hours"
    NO_TRUNK = "no_trunk"
    LIMIT = "limit"
    LOCKED = "locked"
    """Whoever asks has tried too many other numbers."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules, limits and trunks at one moment."""

    rules: Mapping[str, RuleEntry] = field(default_factory=dict)
    overall: LimitEntry = field(default_factory=OverallLimit)
    classes: Mapping[CostClass, LimitEntry] = field(default_factory=dict)
    trunks: Sequence[TrunkEntry] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the rules say of one number."""

    rule: str = ""
    """The name of the rule that decided; empty when none fits."""
    why: Why | None = None
    """None when it is allowed."""
    detail: str = ""

    @property
    def allows(self) -> bool:
        return self.why is None


def ruling(rules: Mapping[str, RuleEntry], number: Number, door: Door, at: datetime) -> Ruling:
    """What `rules` say at `at`, local time of the paper."""
    for name, rule in rules.items():
        if _fits(rule, number, door) and _counts(rule, at):
            if rule.refuse:
                return Ruling(name, Why.RULE, f"the rule {name} refuses it")
            return Ruling(name)
    return _no_rule(rules, number, door)


def fits_pattern(pattern: str, number: Number) -> bool:
    if pattern.endswith("*"):
        return any(form.startswith(pattern[:-1]) for form in number.forms)
    return pattern in number.forms


def _no_rule(rules: Mapping[str, RuleEntry], number: Number, door: Door) -> Ruling:
    later = [n for n, rule in rules.items() if not rule.refuse and _fits(rule, number, door)]
    if later:
        return Ruling(later[0], Why.HOURS, f"the rule {later[0]} allows it in its hours only")
    if number.cost in CLOSED:
        said = f"no rule names this {number.cost} number exactly"
        return Ruling(why=Why.CLOSED, detail=said)
    return Ruling(why=Why.NO_RULE, detail=f"no rule allows it ({number.cost})")


def _fits(rule: RuleEntry, number: Number, door: Door) -> bool:
    if rule.doors and door not in rule.doors:
        return False
    if rule.refuse:
        return _leads_there(rule, number) and (not rule.classes or number.cost in rule.classes)
    if number.forms & set(rule.to):
        return True
    allowed = (frozenset(rule.classes) or ORDINARY) - CLOSED
    return number.cost in allowed and _leads_there(rule, number)


def _leads_there(rule: RuleEntry, number: Number) -> bool:
    if not rule.to and not rule.countries:
        return True
    by_number = any(fits_pattern(pattern, number) for pattern in rule.to)
    return by_number or number.region in rule.countries


def _counts(rule: RuleEntry, at: datetime) -> bool:
    return not rule.hours or is_open(parse(rule.hours), at)
