"""PINs of a session: whoever keys one takes part as what it is for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ivr_flows.ports import Party
from lines.experts import sessions
from lines.experts.agendas import HELD
from lines.experts.facts import session_facts
from lines.experts.ports import LineFacts, Seat, SignedIn
from store import gates, pins
from store.database import translated
from store.fields import now as present
from store.models import ExpertSession
from store.models.expert import SessionState

COLUMNS: Mapping[Seat, str] = {
    Seat.HOST: "host_pin",
    Seat.EXPERT: "expert_pin",
    Seat.SCREENER: "screener_pin",
}
LOOKED_AT = 3
"""Sessions whose PINs are good: the one that is held, the next, and the last."""


@dataclass(frozen=True, slots=True)
class Pins:
    """To be shown once."""

    host: str
    expert: str
    screener: str


@translated()
def new_pins(session: int) -> Pins:
    """Give a session new ones; the old ones are void. Raises `SessionUnknown`."""
    row = sessions.known(session)
    made = dict(zip(COLUMNS, _different(len(COLUMNS)), strict=True))
    changed = {COLUMNS[seat]: pins.hashed(pin) for seat, pin in made.items()}
    ExpertSession.update(changed).where(ExpertSession.id == row.id).execute()
    gates.free(_gate(row.line.name))
    return Pins(made[Seat.HOST], made[Seat.EXPERT], made[Seat.SCREENER])


def sign_in(
    zone: ZoneInfo, line: LineFacts, pin: str, caller: Party, now: datetime | None = None
) -> SignedIn:
    """Look at a PIN. A line with the id 0 does not exist: its PIN is wrong, and takes as long."""
    moment = now or present()
    doors = (_gate(line.name), gates.Gate.of_caller("" if caller.withheld else caller.number))
    attempt = gates.attempt(doors, moment)
    if not attempt.may_look:
        return SignedIn(wait_seconds=attempt.wait_seconds)
    found = _found(_candidates(line, moment), pin)
    if found is None:
        return SignedIn(wait_seconds=attempt.wait_seconds)
    gates.open_again(*doors)
    row, seat = found
    return SignedIn(seat, session=session_facts(row, zone))


def _gate(line: str) -> gates.Gate:
    return gates.Gate.of_room(f"expert line {line}")


def _different(count: int) -> Sequence[str]:
    made: list[str] = []
    while len(made) < count:
        pin = pins.generate()
        if pin not in made:
            made.append(pin)
    return made


@translated()
def _candidates(line: LineFacts, moment: datetime) -> Sequence[ExpertSession]:
    """At most `LOOKED_AT`."""
    mine = ExpertSession.select().where(ExpertSession.line == line.id)
    states = ExpertSession.state
    held = mine.where(states << list(HELD)).order_by(ExpertSession.starts_at).limit(1)
    coming = (states == SessionState.SCHEDULED) & (ExpertSession.starts_at > moment)
    past = (states != SessionState.CANCELLED) & (ExpertSession.starts_at <= moment)
    found = {
        row.id: row
        for rows in (
            held,
            mine.where(coming).order_by(ExpertSession.starts_at).limit(1),
            mine.where(past).order_by(ExpertSession.starts_at.desc()).limit(2),
        )
        for row in rows
    }
    return list(found.values())[:LOOKED_AT]


def _found(rows: Sequence[ExpertSession], pin: str) -> tuple[ExpertSession, Seat] | None:
    """Takes as long for a wrong PIN as for a right one, and for a line that is not there."""
    tried = [(row, seat) for row in rows for seat in COLUMNS]
    right = [(row, seat) for row, seat in tried if pins.is_right(getattr(row, COLUMNS[seat]), pin)]
    for _ in range(LOOKED_AT * len(COLUMNS) - len(tried)):
        pins.is_right("", pin)
    return right[0] if right else None
