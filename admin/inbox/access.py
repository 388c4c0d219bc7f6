"""Whose messages somebody may hear and handle: the one rule for lists, pages, sound and exports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort

from admin.access.current import current_user
from admin.access.roles import Permission, Role, permissions_of
from store.models import Mailbox, MailboxGrant, Message, PanelUser
from store.models.message import MessageState

SEE_SHARED = frozenset({Role.ADMINISTRATOR, Role.EDITOR})
"""Roles that hear every shared mailbox. What is in a personal one is its owner's."""
SHOWN = (MessageState.NEW, MessageState.SAVED, MessageState.ARCHIVED, MessageState.DELETED)


@dataclass(frozen=True, slots=True)
class Sight:
    """What of the mailboxes somebody sees."""

    boxes: Sequence[Mailbox]
    """By title."""
    nobodys: bool
    """Messages, too, that were left for mailboxes that do not exist."""

    def __contains__(self, mailbox: int | None) -> bool:
        if mailbox is None:
            return self.nobodys
        return any(box.id == mailbox for box in self.boxes)

    @property
    def places(self) -> Sequence[int | None]:
        """The mailboxes' ids; None for no mailbox."""
        return [*(box.id for box in self.boxes), *([None] if self.nobodys else [])]


def sight() -> Sight:
    """Of whoever is signed in."""
    user = current_user()
    return Sight((), nobodys=False) if user is None else sight_of(user)


def sight_of(user: PanelUser) -> Sight:
    granted = {
        row.mailbox_id
        for row in MailboxGrant.select(MailboxGrant.mailbox).where(MailboxGrant.user == user)
    }
    boxes = [box for box in Mailbox.select() if _sees(user, box, granted=box.id in granted)]
    boxes.sort(key=lambda box: (box.title or box.name).casefold())
    return Sight(boxes, nobodys=_may_hear(user) and user.role in SEE_SHARED)


def viewers(mailbox: Mailbox | None) -> Sequence[PanelUser]:
    """Who may see to messages of the mailbox, by name."""
    grants = MailboxGrant.select(MailboxGrant.user).where(MailboxGrant.mailbox == mailbox)
    granted = {row.user_id for row in grants} if mailbox else set()
    people: Iterable[PanelUser] = (
        PanelUser.select().where(PanelUser.active).order_by(PanelUser.name)
    )
    if mailbox is None:
        return [user for user in people if _may_hear(user) and user.role in SEE_SHARED]
    return [user for user in people if _sees(user, mailbox, granted=user.id in granted)]


def message_of(id: str) -> Message:
    """The message, for whoever is signed in; 404 for what is not there or not theirs."""
    found = Message.get_or_none(Message.id == id[:36], Message.state.in_(SHOWN))
    if found is None or found.mailbox_id not in sight():
        abort(404)
    message: Message = found
    return message


def box_of(id: int) -> Mailbox:
    """The mailbox, for whoever is signed in; 404 for what is not there or not theirs."""
    return next((box for box in sight().boxes if box.id == id), None) or abort(404)


def within(places: Sequence[int | None]) -> Any:
    """The condition that a message lies in one of them."""
    ids = [place for place in places if place is not None]
    here = Message.mailbox.in_(ids)
    return here | Message.mailbox.is_null() if None in places else here


def _sees(user: PanelUser, box: Mailbox, *, granted: bool) -> bool:
    if not _may_hear(user):
        return False
    is_own = bool(user.person) and not box.shared and box.name == user.person
    return granted or is_own or (box.shared and user.role in SEE_SHARED)


def _may_hear(user: PanelUser) -> bool:
    return Permission.SEE_MESSAGES in permissions_of(user.role)
