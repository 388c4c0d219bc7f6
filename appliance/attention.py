"""What of messages, dialling and backups needs a person: for health, `doctor` and the alarms."""

from collections.abc import Iterator, Mapping

import peewee

from lines.dialling import lockout
from store.errors import StoreError
from store.fields import now
from store.messages import in_trouble
from voicemail.housekeeping import space

from .backing_up import backup_need, store_need
from .home import Home

Needs = Mapping[str, str]
"""By the kind of need, a sentence: what, and what to do."""


def needs(home: Home) -> Needs:
    """Empty when all is well. Blocks.

    Raises `StoreError`, `peewee.PeeweeException`, `OSError` when nothing at all can be told.
    """
    found = dict(_beside_the_store(home))
    try:
        found.update(_in_the_store())
    except (StoreError, peewee.PeeweeException):
        if not found:
            raise
    return found


def _beside_the_store(home: Home) -> Iterator[tuple[str, str]]:
    disk = space(home.voicemail)
    if not disk.has_room:
        yield "room", f"{disk}: no messages are taken any more; {disk.remedy}"
    elif disk.is_low:
        yield "disk", f"{disk}: make room before no messages can be taken"
    if damage := store_need(home):
        yield "damage", damage
    if backup := backup_need(home):
        yield "backup", backup


def _in_the_store() -> Iterator[tuple[str, str]]:
    yield from _dialling()
    trouble = in_trouble()
    if trouble.untold:
        yield (
            "deliveries",
            (
                f"{trouble.untold} times somebody could not be told of a message: "
                "`pressline messages` says why, and sends again"
            ),
        )
    if trouble.unheard:
        yield (
            "transcripts",
            (
                f"messages that could not be written down: {trouble.unheard}; "
                "`pressline messages` says why, and tries again"
            ),
        )
    if trouble.nobodys:
        yield (
            "mailboxes",
            (
                f"messages for mailboxes that do not exist: {trouble.nobodys}; "
                "`pressline messages` lists them; `last_resort_box` should name a mailbox"
            ),
        )


def _dialling() -> Iterator[tuple[str, str]]:
    """Without anybody's number: this is mailed."""
    if locked := lockout.locked(now()):
        yield (
            "lockout",
            (
                f"somebody tried {max(locked.values())} numbers that may not be dialled within an "
                "hour, and gets no outside call for now: `pressline dialling log --refused` tells "
                "who; if it is a phone of the house, give it a new password"
            ),
        )
    if limit := lockout.limit_reached(now()):
        yield (
            "dial-limit",
            (
                f"calls were refused because a limit was reached ({limit}): `pressline dialling "
                "log` tells which calls used it up; docs/dialling.md, how it is changed"
            ),
        )
