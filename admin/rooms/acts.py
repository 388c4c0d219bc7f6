"""What a button of a room's live page asks the box."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from flask_babel import gettext as _

from admin.errors import Refused
from ivr_flows.ports import Role

from .wishes import number

MOST_CALLED = 20
"""People who are called in with one wish; the box takes no more."""
LONGEST_NAME = 64


class Act(NamedTuple):
    verb: str
    read: Callable[[Mapping[str, str]], dict[str, Any]]
    """What the verb is given, from what the page sent. Raises `Refused`."""


def _nothing(wish: Mapping[str, str]) -> dict[str, Any]:
    return {}


def _member(wish: Mapping[str, str]) -> dict[str, Any]:
    """0: all of them."""
    return {"member": number(wish, "member")}


def _one_member(wish: Mapping[str, str]) -> dict[str, Any]:
    return {"member": number(wish, "member", 1)}


def _words(wish: Mapping[str, str]) -> dict[str, Any]:
    text = " ".join(wish.get("text", "").split())
    if not text:
        raise Refused(_("Write what is to be said."))
    return {"text": text}


def _called(wish: Mapping[str, str]) -> dict[str, Any]:
    to = [each for part in re.split(r"[,;\n]", wish.get("to", "")) if (each := part.strip())]
    role = wish.get("role") or Role.SPEAKER
    if not to or len(to) > MOST_CALLED or any(len(each) > LONGEST_NAME for each in to):
        raise Refused(_("Give 1 to %(most)s people or numbers, with commas.", most=MOST_CALLED))
    if role not in list(Role):
        raise Refused(_("They can come in as listener, speaker or moderator."))
    return {"to": to, "role": str(role)}


ACTS: Final[Mapping[str, Act]] = {
    "mute": Act("rooms.mute", _member),
    "unmute": Act("rooms.unmute", _member),
    "kick": Act("rooms.kick", _one_member),
    "lock": Act("rooms.lock", _nothing),
    "unlock": Act("rooms.unlock", _nothing),
    "word": Act("rooms.word", _member),
    "record": Act("rooms.record", lambda wish: {"wanted": True}),
    "stop": Act("rooms.record", lambda wish: {"wanted": False}),
    "announce": Act("rooms.announce", _words),
    "end": Act("rooms.end", _nothing),
    "dial": Act("rooms.dial", _called),
}
