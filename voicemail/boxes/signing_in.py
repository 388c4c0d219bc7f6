"""Signing in to a mailbox by PIN."""

from datetime import datetime

from ivr_flows.ports import Party
from store import gates, pins
from store.database import translated
from store.fields import now as present
from store.models import Mailbox, MailboxNumber
from voicemail.boxes.lookup import as_box, row
from voicemail.ports import Box, Pin, SignIn


def sign_in(box: Box, pin: str, caller: Party, now: datetime | None = None) -> SignIn:
    """Look at a PIN. A box with the id 0 does not exist: its PIN is wrong, and takes as long."""
    moment = now or present()
    doors = (
        gates.Gate.of_box(box.name),
        gates.Gate.of_caller("" if caller.withheld else caller.number),
    )
    attempt = gates.attempt(doors, moment)
    if not attempt.may_look:
        return SignIn(Pin.LOCKED, attempt.wait_seconds)
    found = _row(box)
    is_right = pins.is_right(found.pin_hash if found else "", pin)
    if found is None or not is_right:
        return SignIn(Pin.WRONG, attempt.wait_seconds)
    gates.open_again(*doors)
    return SignIn(Pin.RIGHT, box=as_box(found))


@translated()
def set_pin(box: Box, pin: str) -> str:
    """Empty, or in plain words why this PIN is refused. Raises `BoxUnknown`."""
    owner = row(box)
    fault = pins.fault(pin, numbers_of(owner))
    if not fault:
        Mailbox.update(pin_hash=pins.hashed(pin)).where(Mailbox.id == owner.id).execute()
    return str(fault)


@translated()
def new_pin(box: Box) -> str:
    """Give the mailbox a random PIN and open its lock; the PIN, to be shown once.

    Raises `BoxUnknown`.
    """
    pin = pins.generate(numbers_of(row(box)))
    set_pin(box, pin)
    gates.unlock(box.name)
    return pin


@translated()
def take_pin(box: Box) -> None:
    """Nobody gets at the messages by phone any more."""
    Mailbox.update(pin_hash="").where(Mailbox.id == box.id).execute()


@translated()
def first_pins() -> dict[str, str]:
    """Give each mailbox that has no PIN yet one, to be shown once; by mailbox and its numbers."""
    without = Mailbox.select().where(Mailbox.pin_hash == "").order_by(Mailbox.name)
    return {_called(row): new_pin(as_box(row)) for row in list(without)}


def _called(row: Mailbox) -> str:
    numbers = ", ".join(numbers_of(row))
    return f"{row.name} ({numbers})" if numbers else str(row.name)


def numbers_of(owner: Mailbox) -> list[str]:
    own = MailboxNumber.select().where(MailboxNumber.mailbox == owner)
    return [row.number for row in own.order_by(MailboxNumber.number)]


@translated()
def _row(box: Box) -> Mailbox | None:
    found: Mailbox | None = Mailbox.get_or_none(Mailbox.id == box.id)
    return found
