"""Counts wrong PINs, so that guessing gets slower and slower: for each thing guarded, each caller.

An attempt is counted as wrong before anybody looks at it, in one transaction: of many guesses at
the same moment none slips through. A right PIN takes its count back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from store.database import is_sqlite, translated, writing
from store.fields import clean
from store.models import PinGate

FREE = 3
"""Wrong PINs for a mailbox or a room after which it is locked a while, whoever keys them."""
CALLER_FREE = 10
"""Wrong PINs of one caller, for whatever."""
USER_FREE = 5
"""Wrong passwords, and wrong codes of the second factor, for a user of the panel."""
ADDRESS_FREE = 20
"""Wrong ones from one address, for whomever: a newsroom has one address for all of its people."""
WITHHELD_FREE = 30
"""All callers who hide their number count as one; it must not lock out the honest ones soon."""
FIRST_WAIT = 60.0
MOST_WAIT = 3_600.0
"""Seconds that a lock lasts: the first one, each further one twice as long, up to the most."""
MOST_DOUBLINGS = 6
FORGOTTEN_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Gate:
    """Something whose wrong PINs are counted."""

    key: str
    free: int

    @classmethod
    def of_box(cls, name: str) -> "Gate":
        """The same for mailboxes that do not exist: nobody learns here which ones do."""
        return cls(f"box:{clean(name, 64)}", FREE)

    @classmethod
    def of_room(cls, name: str) -> "Gate":
        """A conference room, or a line of experts."""
        return cls(f"room:{clean(name, 64)}", FREE)

    @classmethod
    def of_caller(cls, number: str) -> "Gate":
        """`number`: empty for who hides it."""
        if not number:
            return cls("caller:", WITHHELD_FREE)
        return cls(f"caller:{clean(number, 64)}", CALLER_FREE)

    @classmethod
    def of_user(cls, name: str) -> "Gate":
        """A user's password; the same for names that nobody has."""
        return cls(f"user:{clean(name, 64)}", USER_FREE)

    @classmethod
    def of_second_factor(cls, name: str) -> "Gate":
        return cls(f"code:{clean(name, 64)}", USER_FREE)

    @classmethod
    def of_address(cls, address: str) -> "Gate":
        """`address`: of a network; whoever has an IPv6 address has 2^64 of them."""
        return cls(f"address:{clean(address, 64)}", ADDRESS_FREE)


@dataclass(frozen=True, slots=True)
class Attempt:
    may_look: bool
    """False while a gate is locked; such an attempt is not counted."""
    wait_seconds: float = 0.0
    """Until the next attempt is looked at."""


@translated()
def attempt(gates: Sequence[Gate], now: datetime) -> Attempt:
    """Count an attempt at all `gates`, or at none when one of them is locked."""
    with writing():
        # Always in the same order: two guesses at once would wait for each other otherwise.
        rows = [_locked_row(gate, now) for gate in sorted(gates, key=lambda gate: gate.key)]
        wait = _wait(rows, now)
        if wait > 0:
            return Attempt(False, wait)
        free = {gate.key: gate.free for gate in gates}
        for row in rows:
            _count(row, free[row.key], now)
        return Attempt(True, _wait(rows, now))


@translated()
def open_again(box: Gate, caller: Gate) -> None:
    """The PIN was right: the box is free, and the caller has one wrong PIN less than counted.

    Not free altogether: who has a mailbox himself could go on guessing at those of others.
    """
    PinGate.delete().where(PinGate.key == box.key).execute()
    counted = (PinGate.key == caller.key) & (PinGate.failures > 0)
    PinGate.update(failures=PinGate.failures - 1, locked_until=None).where(counted).execute()


@translated()
def unlock(box: str) -> bool:
    """By an administrator; whether there was anything to forget."""
    return free(Gate.of_box(box))


@translated()
def free(gate: Gate) -> bool:
    """The same for any gate."""
    return bool(PinGate.delete().where(PinGate.key == gate.key).execute())


@translated()
def locked_for(gates: Sequence[Gate], now: datetime) -> float:
    """Seconds until none of `gates` is locked any more; nothing is counted."""
    keys = [gate.key for gate in gates]
    return max(0.0, _wait(list(PinGate.select().where(PinGate.key.in_(keys))), now))


@translated()
def locked_until(box: str, now: datetime) -> datetime | None:
    """When the mailbox's lock ends, if it is locked."""
    row = PinGate.get_or_none(PinGate.key == Gate.of_box(box).key)
    until: datetime | None = row.locked_until if row else None
    return until if until and until > now else None


@translated()
def forget(now: datetime) -> int:
    """Remove old counts: a guesser with many numbers must not fill the store."""
    return int(PinGate.delete().where(PinGate.changed_at < now - FORGOTTEN_AFTER).execute())


def _locked_row(gate: Gate, now: datetime) -> PinGate:
    """The gate's row, which nobody else can change until the transaction is over."""
    PinGate.insert(key=gate.key, changed_at=now).on_conflict_ignore().execute()
    found = PinGate.select().where(PinGate.key == gate.key)
    row: PinGate = (found if is_sqlite() else found.for_update()).get()
    if row.changed_at < now - FORGOTTEN_AFTER:
        row.failures, row.locked_until = 0, None
    return row


def _wait(rows: Sequence[PinGate], now: datetime) -> float:
    locks = [row.locked_until for row in rows if row.locked_until]
    return max(((until - now).total_seconds() for until in locks), default=0.0)


def _count(row: PinGate, free: int, now: datetime) -> None:
    row.failures += 1
    row.changed_at = now
    over = min(row.failures - free, MOST_DOUBLINGS)
    if over >= 0:
        row.locked_until = now + timedelta(seconds=min(FIRST_WAIT * 2**over, MOST_WAIT))
    row.save()
