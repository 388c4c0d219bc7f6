"""Desk phones in the store, and their passwords."""

import secrets
from collections.abc import Mapping, Sequence

from lines.phones.entry import PhoneEntry
from store.database import translated, writing
from store.models import SipPhone
from store.secrecy import Locked

PASSWORD_BYTES = 12
"""96 bits: nobody guesses it, and it can still be typed into a phone."""


@translated()
def keep(entry: PhoneEntry) -> SipPhone:
    """Add a phone, or change the one of its number. Within the caller's transaction."""
    mine = SipPhone.number == entry.number
    if not SipPhone.update(title=entry.title).where(mine).execute():
        SipPhone.create(number=entry.number, title=entry.title)
    found: SipPhone = SipPhone.get(mine)
    return found


@translated()
def new_password(number: str) -> str:
    """Give a phone a random password; it, to be shown once."""
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    with writing():
        SipPhone.update(password=password).where(SipPhone.number == number).execute()
    return password


@translated()
def remove(number: str) -> None:
    SipPhone.delete().where(SipPhone.number == number).execute()


@translated()
def known() -> Sequence[SipPhone]:
    """All of them, by number."""
    return list(SipPhone.select().order_by(SipPhone.number))


@translated()
def passwords() -> Mapping[str, str]:
    """Of the phones that may register, by number: for the switch alone."""
    ready = SipPhone.select().where(SipPhone.password != "").order_by(SipPhone.number)
    known = {row.number: row.password for row in ready}
    return {number: one for number, one in known.items() if not isinstance(one, Locked)}
