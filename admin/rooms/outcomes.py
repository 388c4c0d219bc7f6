"""What became of those who were called in, in words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from lines.outgoing import Outcome


def told_calls(found: Any) -> str:
    """For an answer of `rooms.dial`; empty for others."""
    if not isinstance(found, Mapping):
        return ""
    words = _words()
    return "; ".join(f"{to}: {words.get(str(outcome), outcome)}" for to, outcome in found.items())


def _words() -> Mapping[str, str]:
    return {
        "ringing": _("it rings"),
        Outcome.ANSWERED: _("has answered"),
        Outcome.BUSY: _("busy"),
        Outcome.NO_ANSWER: _("nobody answers"),
        Outcome.REFUSED: _("declined, or an answering machine"),
        Outcome.UNREACHABLE: _("cannot be reached"),
        Outcome.FAILED: _("the call could not be placed"),
        Outcome.FORBIDDEN: _("the dialling rules forbid this call"),
        Outcome.WITHDRAWN: _("given up"),
    }
