"""PINs of conference rooms: whoever keys one is let in as what it is for.

A meeting's guests all come in one minute, with one PIN. One that was right a moment ago is known
again without argon2's work and without a count at the gates, though never through a locked one;
and of several that are looked at together, none finds itself locked out by the others' counts.
"""

import hmac
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from threading import Lock

from ivr_flows.ports import Party, Role
from lines.errors import PinRefused
from lines.rooms.lookup import PINS, known, numbers_of
from lines.rooms.ports import RoomFacts, SignedIn
from store import gates, pins
from store.database import translated
from store.fields import now as present
from store.models import ConferenceRoom

_SECRET = secrets.token_bytes(32)
_LOOKING = tuple(Lock() for _ in range(16))
"""By room: PINs of one are looked at one after the other."""
_MOST_KNOWN = 1_000
_known_right: "OrderedDict[bytes, None]" = OrderedDict()


def sign_in(room: RoomFacts, pin: str, caller: Party, now: datetime | None = None) -> SignedIn:
    """Look at a PIN. A room with the id 0 does not exist: its PIN is wrong, and takes as long."""
    doors = (
        gates.Gate.of_room(room.name),
        gates.Gate.of_caller("" if caller.withheld else caller.number),
    )
    moment = now or present()
    with _LOOKING[room.id % len(_LOOKING)]:
        hashes = _hashes(room)
        wait = gates.locked_for(doors, moment)
        if not wait and (role := _known(hashes, pin)):
            return SignedIn(role)
        attempt = gates.attempt(doors, moment)
        if not attempt.may_look:
            return SignedIn(locked=True, wait_seconds=attempt.wait_seconds)
        role = _looked_up(hashes, pin)
        if role is None:
            return SignedIn(wait_seconds=attempt.wait_seconds)
        gates.open_again(*doors)
        return SignedIn(role)


@translated()
def set_pin(name: str, role: Role, pin: str) -> None:
    """Raises `RoomUnknown`, `PinRefused`."""
    row = known(name)
    if why := pins.fault(pin, numbers_of(row)):
        raise PinRefused(str(why))
    others = {other: getattr(row, column) for other, column in PINS.items() if other is not role}
    if _looked_up(others, pin) is not None:
        raise PinRefused("another role of this room has this PIN")
    _keep(row, role, pins.hashed(pin))


@translated()
def new_pin(name: str, role: Role) -> str:
    """Give a role a random PIN; it, to be shown once. Raises `RoomUnknown`."""
    while True:
        pin = pins.generate(numbers_of(known(name)))
        try:
            set_pin(name, role, pin)
        except PinRefused:
            continue  # by chance another role's
        return pin


@translated()
def take_pin(name: str, role: Role) -> None:
    """Nobody comes in as `role` by a PIN any more. Raises `RoomUnknown`."""
    _keep(known(name), role, "")


def _keep(row: ConferenceRoom, role: Role, pin_hash: str) -> None:
    changed = {PINS[role]: pin_hash}
    ConferenceRoom.update(changed).where(ConferenceRoom.id == row.id).execute()
    gates.free(gates.Gate.of_room(row.name))


@translated()
def _hashes(room: RoomFacts) -> Mapping[Role, str]:
    row = ConferenceRoom.get_or_none(ConferenceRoom.id == room.id)
    return {role: getattr(row, column) if row else "" for role, column in PINS.items()}


def _known(hashes: Mapping[Role, str], pin: str) -> Role | None:
    given = [role for role, kept in hashes.items() if kept]
    return next((role for role in given if _mark(hashes[role], pin) in _known_right), None)


def _looked_up(hashes: Mapping[Role, str], pin: str) -> Role | None:
    """Takes as long for each PIN, right or wrong, of a room that is there or not."""
    right = [role for role, kept in hashes.items() if pins.is_right(kept, pin)]
    for role in right[:1]:
        _known_right[_mark(hashes[role], pin)] = None
        if len(_known_right) > _MOST_KNOWN:
            _known_right.popitem(last=False)
        return role
    return None


def _mark(pin_hash: str, pin: str) -> bytes:
    """The PIN itself is kept nowhere."""
    return hmac.digest(_SECRET, f"{pin_hash}\0{pin}".encode(), "sha256")
