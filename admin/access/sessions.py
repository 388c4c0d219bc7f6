"""Sign-ins, kept in the store so that each can be listed and revoked."""

import hashlib
import secrets
from datetime import timedelta

from store.database import translated
from store.fields import now
from store.models import PanelSession, PanelUser

from .roles import NEEDS_SECOND_FACTOR

LENGTH = timedelta(hours=12)
"""Of a sign-in: a working day; afterwards the password is asked for again."""
SEEN_EVERY = timedelta(minutes=1)
"""How exactly `seen_at` is kept: a row is not written for every picture of a page."""


def begin(user: PanelUser, address: str, browser: str, second_factor: bool) -> str:
    """A new session; its token, which only the browser keeps."""
    token = secrets.token_urlsafe(32)
    PanelSession.create(
        digest=_digest(token),
        user=user,
        address=address[:64],
        browser=browser[:255],
        second_factor=second_factor,
        ends_at=now() + LENGTH,
    )
    return token


@translated()
def session_of(token: str | None) -> PanelSession | None:
    """The living session behind a token, when all that its user's role asks for was shown."""
    if not token:
        return None
    found: PanelSession | None = (
        PanelSession.select(PanelSession, PanelUser)
        .join(PanelUser)
        .where(PanelSession.digest == _digest(token), PanelSession.ends_at > now())
        .first()
    )
    if found is None or not found.user.active or _lacks_second_factor(found):
        return None
    _see(found)
    return found


def end(token: str) -> None:
    PanelSession.delete().where(PanelSession.digest == _digest(token)).execute()


def end_all(user: PanelUser) -> int:
    """Sign a user out everywhere; how many sessions there were."""
    return int(PanelSession.delete().where(PanelSession.user == user).execute())


def _lacks_second_factor(found: PanelSession) -> bool:
    wanted = bool(found.user.totp_secret) or found.user.role in NEEDS_SECOND_FACTOR
    return wanted and not found.second_factor


def _see(found: PanelSession) -> None:
    if now() - found.seen_at > SEEN_EVERY:
        found.seen_at = now()
        found.save(only=[PanelSession.seen_at])


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
