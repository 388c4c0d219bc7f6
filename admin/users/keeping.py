"""Users: made, changed, granted mailboxes, by pages and by commands alike; each change is kept."""

import re
from collections.abc import Mapping
from typing import Any

from admin.access import passwords, sessions
from admin.access.roles import Role
from admin.audit import record, state_of
from store.database import translated, writing
from store.fields import clean
from store.models import Mailbox, MailboxGrant, PanelUser

from .errors import LastAdministrator, NameRefused, RoleUnknown, UserUnknown, Yourself

FIRST = "admin"
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}", re.ASCII)
HIDDEN = frozenset({"password_hash", "totp_secret", "totp_step", "last_seen_at"})


@translated()
def first_administrator() -> str:
    """Where there is no user at all, make one; its password, which is not kept. Else nothing."""
    with writing():
        if PanelUser.select().exists():
            return ""
        _, password = add(FIRST, Role.ADMINISTRATOR)
        return password


@translated()
def add(name: str, role: str, **more: Any) -> tuple[PanelUser, str]:
    """A new user and the password to begin with, which is to be changed at the first sign-in.

    Raises `NameRefused`, `RoleUnknown`.
    """
    name, role = name_of(name), role_of(role)
    password = passwords.generated()
    password_hash = passwords.hashed(password)
    with writing():
        if PanelUser.select().where(PanelUser.name == name).exists():
            raise NameRefused(f"There is a user {name} already.")
        user = PanelUser.create(
            name=name, role=role, password_hash=password_hash, must_change_password=True, **more
        )
        record("create", "user", name, None, _kept(user))
    return user, password


@translated()
def named(name: str) -> PanelUser:
    """Raises `UserUnknown`."""
    found: PanelUser | None = PanelUser.get_or_none(PanelUser.name == name.strip().casefold())
    if found is None:
        raise UserUnknown(f"There is no user {clean(name, 64)}.")
    return found


@translated()
def change(user: PanelUser, fields: Mapping[str, Any], by: PanelUser | None = None) -> None:
    """Set fields of a user. Raises `RoleUnknown`, `LastAdministrator`, `Yourself`."""
    with writing():
        row = PanelUser.get_by_id(user.id)  # what somebody else changed meanwhile stays
        before, loses = _kept(row), _is_administrator(row)
        for field, value in fields.items():
            setattr(row, field, role_of(value) if field == "role" else value)
        if loses and not _is_administrator(row):
            _make_sure_of_another(row, by)
        row.save(only=[getattr(PanelUser, field) for field in fields])
        if not row.active:
            sessions.end_all(row)
        record("change", "user", row.name, before, _kept(row))
    user.__data__.update(row.__data__)


@translated()
def grant(user: PanelUser, boxes: list[Mailbox]) -> None:
    """The mailboxes whose messages the user may hear, in place of those before."""
    with writing():
        before = granted(user)
        MailboxGrant.delete().where(MailboxGrant.user == user).execute()
        for box in boxes:
            MailboxGrant.create(user=user, mailbox=box)
        after = granted(user)
        if before != after:
            record("change", "user", user.name, {"mailboxes": before}, {"mailboxes": after})


def granted(user: PanelUser) -> list[str]:
    mine = MailboxGrant.select(MailboxGrant, Mailbox).join(Mailbox)
    return sorted(one.mailbox.name for one in mine.where(MailboxGrant.user == user))


def name_of(name: str) -> str:
    """Raises `NameRefused`."""
    name = name.strip().casefold()
    if not NAME.fullmatch(name):
        raise NameRefused(
            "A name has small letters, digits, dots, dashes and underscores: for instance j.smith."
        )
    return name


def role_of(role: str) -> Role:
    """Raises `RoleUnknown`."""
    try:
        return Role(role)
    except ValueError as error:
        raise RoleUnknown(f"There is no such role; there are {', '.join(Role)}.") from error


def _is_administrator(user: PanelUser) -> bool:
    return bool(user.active) and user.role == Role.ADMINISTRATOR


def _make_sure_of_another(user: PanelUser, by: PanelUser | None) -> None:
    if by is not None and by.id == user.id:
        raise Yourself
    others = (PanelUser.role == Role.ADMINISTRATOR) & PanelUser.active & (PanelUser.id != user.id)
    if not PanelUser.select().where(others).exists():
        raise LastAdministrator


def _kept(user: PanelUser) -> dict[str, Any]:
    return {name: value for name, value in state_of(user).items() if name not in HIDDEN}
