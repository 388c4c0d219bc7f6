"""How calls, their ends and their lengths are put into words."""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _

from store.models import Call
from store.models.call import LOST, OPEN, OUT

LOOKS = {OPEN: "odd", "failed": "bad", LOST: "bad", "finished": "good", "transferred": "good"}
"""The badge of each state."""


def state_words() -> Mapping[str, str]:
    return {
        OPEN: _("In progress"),
        "finished": _("Finished"),
        "hung_up": _("Caller hung up"),
        "transferred": _("Connected"),
        "failed": _("Something failed"),
        LOST: _("Cut off"),
    }


def state_notes() -> Mapping[str, str]:
    """A sentence for each state."""
    return {
        OPEN: _("The call is going on now."),
        "finished": _("The flow came to its end."),
        "hung_up": _("The caller hung up before the flow came to its end."),
        "transferred": _("The caller spoke with somebody."),
        "failed": _(
            "A step failed and the flow had no answer to that; the caller heard an excuse."
        ),
        LOST: _("The box or the switch stopped during the call."),
    }


def directions() -> Mapping[str, str]:
    return {"in": _("Came in"), OUT: _("Placed by the box")}


def caller(call: Call) -> str:
    """Who called; for a call of the box, what it was placed for."""
    if call.direction == OUT:
        purpose = call.purpose
        return str(_("The box (%(purpose)s)", purpose=purpose) if purpose else _("The box"))
    if call.withheld:
        return str(_("Number withheld"))
    return str(call.caller_number or call.caller_name or _("Unknown caller"))


def seconds_of(call: Call) -> float | None:
    """None while it goes on."""
    return (call.ended_at - call.started_at).total_seconds() if call.ended_at else None


def length(seconds: float | None) -> str:
    if seconds is None:
        return ""
    minutes, rest = divmod(max(0, round(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def sound(call: Call) -> str:
    """How well the caller was heard."""
    if not call.packets:
        return str(_("Nothing was heard of the caller."))
    lost, uneven = 100 * (call.loss or 0.0), 1000 * (call.jitter or 0.0)
    told = _("%(lost)s %% lost, uneven by %(ms)s ms", lost=f"{lost:.0f}", ms=f"{uneven:.0f}")
    return str(told)


def waited(call: Call) -> float | None:
    """Seconds until it was answered."""
    return _between(call.started_at, call.answered_at)


def _between(begins: datetime, ends: datetime | None) -> float | None:
    return (ends - begins).total_seconds() if ends else None
