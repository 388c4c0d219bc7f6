"""What needs a person, in words: what it is, what to do, and where."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from admin.access.current import may
from admin.access.roles import Permission

from .attention import Need


@dataclass(frozen=True, slots=True)
class Told:
    what: str
    to_do: str
    link: str = ""
    """Empty: there is no page for it, or not for whoever looks."""
    detail: str = ""
    is_bad: bool = False


def told(need: Need) -> Told:
    what, to_do, link, permission = WORDS[need.kind](need.count)
    seen = link if permission is None or may(permission) else ""
    return Told(what, to_do, seen, need.detail, need.is_bad)


Words = tuple[str, str, str, Permission | None]
"""What, what to do, where, and who may see that page."""


def _switch(_n: int) -> Words:
    return (
        _("The switch does not answer: no calls can come in."),
        _("Look whether it runs. It is tried again all the time."),
        "",
        None,
    )


def _callbox(_n: int) -> Words:
    return (
        _("The callbox does not run: callers hear a notice and can only leave a message."),
        _("Start the box again."),
        "",
        None,
    )


def _worker(_n: int) -> Words:
    return (
        _("The worker does not run: messages are neither written down nor mailed."),
        _("Start the box again. Nothing is lost meanwhile."),
        "",
        None,
    )


def _disk_full(_n: int) -> Words:
    return (
        _("The disk is full: no messages are taken any more."),
        _("Make room at once."),
        "",
        None,
    )


def _disk_low(_n: int) -> Words:
    return _("The disk is filling up."), _("Make room before no messages can be taken."), "", None


def _disk_unknown(_n: int) -> Words:
    return _("The disk cannot be read."), _("Look whether it is connected."), "", None


def _untold(count: int) -> Words:
    return (
        ngettext(
            "Once somebody could not be told of a message.",
            "%(num)s times somebody could not be told of a message.",
            count,
        ),
        _("Look whether the mail address and the mail server are right."),
        "/inbox/",
        Permission.SEE_MESSAGES,
    )


def _unheard(count: int) -> Words:
    return (
        ngettext(
            "One message could not be written down.",
            "%(num)s messages could not be written down.",
            count,
        ),
        _("Listen to them instead, or have them written down again."),
        "/inbox/",
        Permission.SEE_MESSAGES,
    )


def _nobodys(count: int) -> Words:
    return (
        ngettext(
            "One message was left for a mailbox that does not exist.",
            "%(num)s messages were left for mailboxes that do not exist.",
            count,
        ),
        _("Give them to somebody, and look which flow names that mailbox."),
        "/inbox/?box=none",
        Permission.SEE_MESSAGES,
    )


def _lost_calls(count: int) -> Words:
    return (
        ngettext(
            "One call was cut off in the last day as the box stopped.",
            "%(num)s calls were cut off in the last day as the box stopped.",
            count,
        ),
        _("Call these people back."),
        "/calls/?state=lost",
        Permission.SEE_CALLS,
    )


def _recordings(count: int) -> Words:
    return (
        ngettext(
            "One recording is missing, or not as it was recorded.",
            "%(num)s recordings are missing, or not as they were recorded.",
            count,
        ),
        _("Look whether somebody moved files, or bring them back from the backup."),
        "",
        None,
    )


WORDS: dict[str, Callable[[int], Words]] = {
    "switch": _switch,
    "callbox": _callbox,
    "worker": _worker,
    "disk-full": _disk_full,
    "disk-low": _disk_low,
    "disk-unknown": _disk_unknown,
    "untold": _untold,
    "unheard": _unheard,
    "nobodys": _nobodys,
    "lost-calls": _lost_calls,
    "recordings": _recordings,
}
