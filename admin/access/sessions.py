"""Sign-ins, kept in the store so that each can be listed and revoked."""

import hashlib
import secrets
from datetime import timedelta

from store.database import translated
from store.fields import clean, now
from store.models import PanelSession, PanelUser

from .stages import Stage, stage_of

LENGTH = timedelta(hours=12)
"""Of a sign-in: a working day; afterwards the password is asked for again."""
HALFWAY = timedelta(minutes=20)
"""For what is asked after the password: time to install an app that shows codes."""
SEEN_EVERY = timedelta(minutes=1)
"""How exactly `seen_at` is kept: a row is not written for every picture of a page."""


def begin(user: PanelUser, address: str, browser: str, second_factor: bool) -> str:
    """A new session; its token, which only the browser keeps."""
    forget_ended()
    token = secrets.token_urlsafe(32)
    session = PanelSession(
        digest=_digest(token),
        user=user,
        address=clean(address, 64),
        browser=clean(browser, 255),
        second_factor=second_factor,
    )
    _last(session)
    session.save(force_insert=True)
    return token


def renew(session: PanelSession) -> str:
    """Another token for the same browser, which may do more from now on: the old one is worth
    nothing, wherever it was left."""
    token = secrets.token_urlsafe(32)
    session.digest = _digest(token)
    _last(session)
    session.save()
    return token


@translated()
def living(token: str | None) -> PanelSession | None:
    """The session behind a token, perhaps not signed in fully (see `stage_of`)."""
    if not token:
        return None
    found: PanelSession | None = (
        PanelSession.select(PanelSession, PanelUser)
        .join(PanelUser)
        .where(PanelSession.digest == _digest(token), PanelSession.ends_at > now())
        .first()
    )
    if found is None or not found.user.active:
        return None
    _see(found)
    return found


def session_of(token: str | None) -> PanelSession | None:
    """The living session behind a token, when all that its user's role asks for was shown."""
    found = living(token)
    return found if found is not None and stage_of(found) == Stage.IN else None


def end(token: str) -> None:
    PanelSession.delete().where(PanelSession.digest == _digest(token)).execute()


def end_all(user: PanelUser, but: PanelSession | None = None) -> int:
    """Sign a user out everywhere, or everywhere else; how many sessions there were."""
    ended = PanelSession.delete().where(PanelSession.user == user)
    if but is not None:
        ended = ended.where(PanelSession.id != but.id)
    return int(ended.execute())


def forget_ended() -> None:
    PanelSession.delete().where(PanelSession.ends_at <= now()).execute()


def _last(session: PanelSession) -> None:
    is_in = stage_of(session) == Stage.IN
    session.ends_at = now() + (LENGTH if is_in else HALFWAY)


def _see(found: PanelSession) -> None:
    if now() - found.seen_at > SEEN_EVERY:
        found.seen_at = now()
        found.save(only=[PanelSession.seen_at])


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
