"""What the buttons of an hour's desk ask the box."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from flask_babel import gettext as _

from admin.errors import Refused
from admin.rooms.wishes import number
from lines.experts.hour.asked import PRIORITIES
from lines.experts.hour.saying import MAX_SPOKEN
from lines.experts.hour.services import MOST_MINUTES

Wish = Mapping[str, str]
Read = Callable[[Wish], dict[str, Any]]
"""What the verb is given, from what the page sent. Raises `Refused`."""


def _nothing(wish: Wish) -> dict[str, Any]:
    return {}


def _anybody(wish: Wish) -> dict[str, Any]:
    """A question, or none for whoever is next, or on air."""
    return {"question": wish.get("question", "")[:64]}


def _somebody(wish: Wish) -> dict[str, Any]:
    found = _anybody(wish)
    if not found["question"]:
        raise Refused(_("Choose whose question it is."))
    return found


def _minutes(wish: Wish) -> dict[str, Any]:
    return {"minutes": number(wish, "minutes", 1, MOST_MINUTES)}


def _text(wish: Wish) -> str:
    text = " ".join(wish.get("text", "").split())
    if not 1 <= len(text) <= MAX_SPOKEN:
        raise Refused(_("Write a text of at most %(most)s characters.", most=MAX_SPOKEN))
    return text


def _note(wish: Wish) -> dict[str, Any]:
    return {**_somebody(wish), "text": _text(wish)}


def _priority(wish: Wish) -> dict[str, Any]:
    if not wish.get("priority"):
        raise Refused(_("A priority from -9 to 9 is needed; higher ones come first."))
    found = number(wish, "priority", PRIORITIES[0], PRIORITIES[-1])
    return {**_somebody(wish), "priority": found}


def _aside(wish: Wish) -> dict[str, Any]:
    return {**_anybody(wish), "screener": wish.get("screener", "")[:64]}


HOST: Final[Mapping[str, Read]] = {
    "next": _anybody,
    "off": _nothing,
    "mute": _nothing,
    "unmute": _nothing,
    "jingle": _nothing,
    "extend": _minutes,
    "close": _nothing,
    "call_expert": _nothing,
    "remove": _anybody,
    "announce": lambda wish: {"text": _text(wish)},
}
"""By the box's verbs: `experts.next` and so on."""

SCREENER: Final[Mapping[str, Read]] = {
    "aside": _aside,
    "back": _anybody,
    "note": _note,
    "priority": _priority,
    "remove": _somebody,
}
