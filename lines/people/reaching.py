"""How a person is reached now: each number through the one door, with their own ways of ringing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ivr_flows.ports import Target
from lines.dialling import Allowed, Dialling, Refused
from lines.people.entry import Person
from store.models.line import Door


@dataclass(frozen=True, slots=True)
class Reach:
    """Numbers of one person that may be dialled now, in order, and those that may not."""

    person: Person
    allowed: Sequence[Allowed]
    """One each number; settle or release every one of them."""
    refused: Sequence[Refused]

    @property
    def targets(self) -> Sequence[Target]:
        """One for each number, to be rung in order or at once."""
        return [one.target for one in self.allowed]


def reach(dialling: Dialling, person: Person, door: Door, asked_by: str, call: str) -> Reach:
    """Reserve every number of `person` that may be dialled. Raises `StoreAway`."""
    allowed, refused = [], []
    for number in person.numbers:
        answer = dialling.may_dial(number.number, door, asked_by, call)
        if isinstance(answer, Refused):
            refused.append(answer)
        else:
            wishes = {"name": person.title or person.name, "ring_seconds": number.ring_seconds}
            allowed.append(as_wished(answer, confirm=number.asks, **wishes))
    return Reach(person, allowed, refused)


def as_wished(allowed: Allowed, **wishes: Any) -> Allowed:
    """Every way to the number, with these facts of its targets."""
    targets = [replace(target, **wishes) for target in allowed.targets]
    return replace(allowed, targets=targets)
