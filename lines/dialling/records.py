"""Trunks, rules and limits between what administrators write and the store's rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from lines.dialling.entry import (
    KEPT,
    OVERALL,
    DiallingEntry,
    LimitEntry,
    OverallLimit,
    RuleEntry,
    TrunkEntry,
)
from lines.dialling.rules import Rulebook
from store.database import translated, writing
from store.models import DiallingLimit, DiallingRule, PersonNumber, Trunk
from store.models.line import CostClass, NumberKind
from store.positions import last
from store.secrecy import Locked

RULE = ("refuse", "to", "countries", "classes", "doors", "hours")
LIMIT = ("per_hour", "per_day", "each_per_hour", "each_per_day", "each_at_once")
TRUNK = (
    *("name", "host", "transport", "user", "domain", "expires", "number", "addresses", "gateway"),
    *("shows", "numbers", "form"),
)


@translated()
def rulebook() -> Rulebook:
    """All of it, as it stands. Raises `StoreAway`."""
    limits = {row.scope: _facts(row, LIMIT) for row in DiallingLimit.select()}
    overall = limits.pop(OVERALL, None)
    return Rulebook(
        rules={row.name: RuleEntry(**_facts(row, RULE)) for row in _ordered(DiallingRule)},
        overall=OverallLimit(**overall) if overall else OverallLimit(),
        classes={CostClass(scope): LimitEntry(**facts) for scope, facts in limits.items()},
        trunks=trunks(),
    )


@translated()
def trunks() -> Sequence[TrunkEntry]:
    """In the order in which they are tried."""
    return [
        TrunkEntry(**_facts(row, TRUNK), password=KEPT if row.password else "")
        for row in _ordered(Trunk)
    ]


@translated()
def trunk_passwords() -> Mapping[str, str]:
    """By the trunk's name: for the switch alone."""
    known = {row.name: row.password for row in Trunk.select() if row.password}
    return {name: one for name, one in known.items() if not isinstance(one, Locked)}


@translated()
def is_phone(number: str) -> bool:
    """Whether it is the desk phone of a person."""
    phones = PersonNumber.kind == NumberKind.PHONE
    return bool(PersonNumber.select().where(phones & (PersonNumber.number == number)).exists())


@translated()
def replace_trunks(found: Sequence[TrunkEntry]) -> None:
    """Put `found` in place of all trunks; one that names its user and no password keeps its own."""
    with writing():
        known = {row.name: (row.user, row.password) for row in Trunk.select()}
        Trunk.delete().execute()
        for position, trunk in enumerate(found):
            user, password = known.get(trunk.name, ("", ""))
            kept = password if user == trunk.user else ""
            facts = trunk.model_dump(mode="json") | {"password": _password(trunk, kept)}
            Trunk.create(position=position, **facts)


@translated()
def replace_rules(entry: DiallingEntry) -> None:
    """Put `entry` in place of all rules and limits."""
    with writing():
        DiallingRule.delete().execute()
        for position, (name, rule) in enumerate(entry.rules.items()):
            DiallingRule.create(position=position, name=name, **rule.model_dump(mode="json"))
        replace_limits(entry.limits, entry.classes)


@translated()
def keep_trunk(trunk: TrunkEntry) -> None:
    """Add a trunk behind the others, or change the one of its name."""
    with writing():
        known = Trunk.get_or_none(Trunk.name == trunk.name)
        password = _password(trunk, known.password if known else "")
        facts = trunk.model_dump(mode="json", exclude={"name"}) | {"password": password}
        _keep(Trunk, trunk.name, facts)


def _password(trunk: TrunkEntry, kept: str) -> str:
    if not trunk.user:
        return ""
    return kept if trunk.password in ("", KEPT) else trunk.password


@translated()
def keep_rule(name: str, rule: RuleEntry) -> None:
    """Add a rule behind the others, or change the one of its name."""
    _keep(DiallingRule, name, rule.model_dump(mode="json"))


@translated()
def replace_limits(overall: OverallLimit, classes: Mapping[CostClass, LimitEntry]) -> None:
    """Put these in place of all limits."""
    with writing():
        DiallingLimit.delete().execute()
        DiallingLimit.create(scope=OVERALL, **overall.model_dump())
        for cost, limit in classes.items():
            DiallingLimit.create(scope=cost, **limit.model_dump())


def _keep(model: Any, name: str, facts: Mapping[str, Any]) -> None:
    with writing():
        if not model.update(dict(facts)).where(model.name == name).execute():
            model.create(name=name, position=last(model), **facts)


def _ordered(model: Any) -> Any:
    return model.select().order_by(model.position, model.id)


def _facts(row: Any, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
