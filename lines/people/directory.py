"""Everybody who can be rung now: people by name, and outside numbers, through the one door."""

import re
from typing import Final

from ivr_flows.ports import Reach
from lines.dialling import Dialling, Refused
from lines.people.entry import Entry
from lines.people.finding import People
from lines.people.reaching import as_wished, reach
from store.models.line import CostClass, Door

NUMBER: Final = re.compile(r"[+0-9(]")
"""How a number begins, and no person's name."""


class Directory:
    """Blocking: call it from a thread, a sidecar or a command, never from the callbox's loop."""

    def __init__(self, people: People, dialling: Dialling) -> None:
        self._people = people
        self._dialling = dialling

    def reach(self, asked: str, door: Door, asked_by: str, call: str) -> Reach:
        """Reserves every number that may be dialled. Raises `StoreAway`."""
        person = self._people.find(asked)
        if person is None:
            return self._number(asked, door, asked_by, call) if NUMBER.match(asked) else Reach()
        found = reach(self._dialling, person, door, asked_by, call)
        refused = "; ".join(one.reason for one in found.refused)
        # Only of people in the store is it known what they speak.
        language = person.language if isinstance(person, Entry) else ""
        return Reach(found.targets, refused, person.at_once, language)

    def _number(self, number: str, door: Door, asked_by: str, call: str) -> Reach:
        """Whose it is is not known: outside, a machine may answer."""
        answer = self._dialling.may_dial(number, door, asked_by, call)
        if isinstance(answer, Refused):
            return Reach(refused=answer.reason)
        confirm = answer.cost_class is not CostClass.INSIDE
        return Reach([as_wished(answer, confirm=confirm).target])
