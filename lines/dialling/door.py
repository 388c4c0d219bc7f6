"""The one door: whatever wants to dial asks here first, and is answered from the store.

Blocking: call it from a thread, a sidecar or a command, never from the callbox's loop.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import structlog

from ivr_flows.ports import Target
from lines.dialling import attempts, lockout, records
from lines.dialling.attempts import Wish
from lines.dialling.limits import REACHED, Bound, bounds
from lines.dialling.rules import Ruling, Why
from lines.dialling.verdict import House, Verdict, is_inside, judge
from store.fields import clean
from store.models.line import CostClass, Door

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Allowed:
    """To be dialled, and then to be settled; or to be released when it was not dialled."""

    targets: Sequence[Target]
    """The ways to this one number. A later one is for when the trunk before it failed, not for
    when nobody answered there."""
    cost_class: CostClass
    reservation: int

    @property
    def target(self) -> Target:
        """The first way, which leads to the others."""
        *others, last = (replace(way, reservation=self.reservation) for way in self.targets)
        for way in reversed(others):
            last = replace(way, instead=last)
        return last


@dataclass(frozen=True, slots=True)
class Refused:
    why: Why
    reason: str
    """In plain words, for the log and the administrator; never spoken."""
    cost_class: CostClass = CostClass.UNKNOWN


class Dialling:
    """May this be dialled? Reads rules, limits and trunks anew each time."""

    def __init__(self, house: House) -> None:
        self._house = house

    def may_dial(self, number: str, door: Door, asked_by: str, call: str) -> Allowed | Refused:
        """Decide, and keep the decision as a row. Raises `StoreAway`: then nothing may be dialled.

        `asked_by`: the caller's number, or the name of a mailbox or a person; all that are empty
        count as one asker. `call`: the uuid of the call that it is for, if any.
        """
        book = records.rulebook()
        verdict = _unlocked(judge(self._house, book, number, door), asked_by)
        wish = _wish(verdict, number, door, asked_by, call)
        if not verdict.ruling.allows:
            return _refuse(wish, verdict.ruling)
        reserved = attempts.reserve(wish, bounds(book, verdict.cost), datetime.now(UTC))
        if isinstance(reserved, Bound):
            return _refuse(wish, _over(verdict, reserved))
        log.info("dialling", **_told(wish), reservation=reserved)
        return Allowed(verdict.targets, verdict.cost, reserved)

    def unrouted(self, number: str, caller: str, call: str, transferred: bool) -> None:
        """A call has come to a number that is none of ours; when one of the house's phones tried
        to dial it, or to transfer somebody there, that is kept. Raises `StoreAway`."""
        if transferred or is_inside(self._house, caller):
            verdict = judge(self._house, records.rulebook(), number, Door.TRANSFER)
            reason = "phones and transfers reach the house's own numbers only"
            ruled = Ruling(why=Why.NO_RULE, detail=reason)
            _refuse(_wish(verdict, number, Door.TRANSFER, caller, call), ruled)

    def settle(self, reservation: int, outcome: str) -> None:
        """After dialling. Raises `StoreAway`; the reservation counts all the same."""
        attempts.settle(reservation, outcome, datetime.now(UTC))

    def release(self, reservation: int) -> None:
        """It was not dialled after all. Raises `StoreAway`; it then counts until it is old."""
        attempts.release(reservation, datetime.now(UTC))

    def look(self, number: str, door: Door, asked_by: str) -> Verdict:
        """What `may_dial` would say just now; nothing is kept or counted. Raises `StoreAway`."""
        book = records.rulebook()
        verdict = _unlocked(judge(self._house, book, number, door), asked_by)
        if not verdict.ruling.allows:
            return verdict
        full = attempts.over(bounds(book, verdict.cost), asked_by, datetime.now(UTC))
        return replace(verdict, ruling=_over(verdict, full), targets=()) if full else verdict


def _unlocked(verdict: Verdict, asked_by: str) -> Verdict:
    """The verdict, or that this asker gets no outside call. Raises `StoreAway`."""
    is_outside = verdict.ruling.allows and verdict.cost is not CostClass.INSIDE
    if not is_outside or not lockout.is_locked(asked_by, datetime.now(UTC)):
        return verdict
    ruling = Ruling(verdict.ruling.rule, Why.LOCKED, lockout.REASON)
    return replace(verdict, ruling=ruling, targets=())


def _over(verdict: Verdict, bound: Bound) -> Ruling:
    return Ruling(verdict.ruling.rule, Why.LIMIT, f"{REACHED}: {bound}")


def _wish(verdict: Verdict, text: str, door: Door, asked_by: str, call: str) -> Wish:
    number = verdict.number.digits if verdict.number else text
    trunk = verdict.trunks[0].name if verdict.trunks else ""
    return Wish(number, door, asked_by, call, verdict.cost, verdict.ruling.rule, trunk)


def _refuse(wish: Wish, ruled: Ruling) -> Refused:
    why = ruled.why or Why.NO_RULE
    attempts.refuse(wish, ruled.detail, datetime.now(UTC))
    log.warning("dialling refused", **_told(wish), why=str(why), reason=ruled.detail)
    return Refused(why, ruled.detail, wish.cost)


def _told(wish: Wish) -> Mapping[str, str]:
    """For the log: the number as it is in the row."""
    return {
        "number": clean(wish.number, 64),
        "cost_class": str(wish.cost),
        "door": str(wish.door),
        "asked_by": clean(wish.asked_by, 64),
        "call": clean(wish.call, 64),
        "rule": wish.rule,
    }
