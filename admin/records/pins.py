"""New PINs: shown once, never kept readable."""

from dataclasses import dataclass
from typing import Any

from flask import flash
from flask_babel import gettext as _
from werkzeug.wrappers import Response

CHOSEN, MADE_UP, NONE = "chosen", "made up", "none"
"""What a PIN can become."""


@dataclass(frozen=True, slots=True)
class Answer:
    act: str
    pin: str = ""
    """One that was made up."""
    fault: str = ""
    """Why a chosen one is refused."""


def answered(view: Any, row: Any, answer: Answer, whose: str) -> str | Response:
    """The page after a change. `whose`: of what the PIN is."""
    if answer.pin:
        return str(view.render("records/secret.html", row=row, whose=whose, secret=answer.pin))
    if answer.fault:
        flash(_("The PIN stays as it was: %(why)s.", why=_(answer.fault)), "error")
    elif answer.act == NONE:
        flash(_("%(whose)s has no PIN any more.", whose=whose), "success")
    else:
        flash(_("%(whose)s has the PIN that you chose.", whose=whose), "success")
    return view.to_details(row)  # type: ignore[no-any-return]
