"""Where somebody is signed in."""

import re
from collections.abc import Sequence

from flask import abort

from admin.audit import record
from store.database import writing
from store.fields import now
from store.models import PanelSession, PanelUser

MOST_SHOWN = 100
BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("CriOS", "Chrome"),
    ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
"""In this order: most of them claim to be those after them, too."""
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS X", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"),
)  # fmt: skip
VERSION = r"/(\d+)"


def sessions_of(user: PanelUser) -> Sequence[PanelSession]:
    """The one seen last comes first."""
    mine = (PanelSession.user == user) & (PanelSession.ends_at > now())
    found = PanelSession.select().where(mine).order_by(PanelSession.seen_at.desc())
    return list(found.limit(MOST_SHOWN))


def end_one(user: PanelUser, number: int) -> None:
    """404 for one that is not his."""
    with writing():
        mine = (PanelSession.id == number) & (PanelSession.user == user)
        found = PanelSession.get_or_none(mine)
        if found is None:
            abort(404)
        told = {"address": found.address, "browser": found.browser}
        found.delete_instance()
        record("end session", "user", user.name, told, None)


def browser_name(told: str) -> str:
    """`Firefox 140, Windows` of what a browser tells of itself; that itself when unknown."""
    names = [_version(told, word, name) for word, name in BROWSERS if word in told][:1]
    names += [name for word, name in SYSTEMS if word in told][:1]
    return ", ".join(names) or told[:60]


def _version(told: str, word: str, name: str) -> str:
    found = re.search(word + VERSION, told)
    return f"{name} {found.group(1)}" if found else name
