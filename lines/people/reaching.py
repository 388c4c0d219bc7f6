"""How a person is reached now: each number through the one door, with their own ways of ringing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ivr_flows.ports import Target
from lines.dialling import Allowed, Dialling, Refused
from lines.people.entry import Person, Reached
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
        """To be rung in order, or at once, by the first way to each number."""
        return [one.targets[0] for one in self.allowed]


def reach(dialling: Dialling, person: Person, door: Door, asked_by: str, call: str) -> Reach:
    """Reserve every number of `person` that may be dialled. Raises `StoreAway`."""
    allowed, refused = [], []
    for number in person.numbers:
        answer = dialling.may_dial(number.number, door, asked_by, call)
        if isinstance(answer, Refused):
            refused.append(answer)
        else:
            allowed.append(_as_wished(answer, number, person))
    return Reach(person, allowed, refused)


def _as_wished(answer: Allowed, number: Reached, person: Person) -> Allowed:
    named = person.title or person.name
    targets = [
        replace(target, name=named, confirm=number.asks, ring_seconds=number.ring_seconds)
        for target in answer.targets
    ]
    return replace(answer, targets=targets)
