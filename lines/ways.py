"""Whom an outgoing call may ring, and how: asked in a sidecar, before anything rings."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lines.dialling import Allowed, Dialling, Refused
from lines.outgoing import OutgoingCall
from lines.people.finding import People
from lines.people.reaching import reach


@dataclass(frozen=True, slots=True)
class Ways:
    """Numbers to be rung; settle or release every one of them."""

    allowed: Sequence[Allowed] = ()
    at_once: bool = False
    """Ring them together instead of in order."""
    language: str = ""
    """Of the person; empty for a number that is nobody's."""
    refused: Sequence[Refused] = field(default_factory=tuple)

    @property
    def reason(self) -> str:
        """Why nothing may be rung."""
        return "; ".join(dict.fromkeys(one.reason for one in self.refused)) or "no number is known"


def ways(dialling: Dialling, people: People, call: OutgoingCall) -> Ways:
    """By the one door. Raises `StoreAway`: then nothing may be rung."""
    found = _person_or_number(dialling, people, call)
    if call.confirm is None:
        return found
    return replace(found, allowed=[_asking(one, call.confirm) for one in found.allowed])


def _person_or_number(dialling: Dialling, people: People, call: OutgoingCall) -> Ways:
    person = people.find(call.to)
    if person is not None:
        found = reach(dialling, person, call.door, call.asked_by, call.for_call)
        return Ways(found.allowed, person.at_once, person.language, found.refused)
    answer = dialling.may_dial(call.to, call.door, call.asked_by, call.for_call)
    if isinstance(answer, Refused):
        return Ways(refused=(answer,))
    return Ways([_asking(answer, True)])


def _asking(allowed: Allowed, confirm: bool) -> Allowed:
    return replace(allowed, targets=[replace(one, confirm=confirm) for one in allowed.targets])
