"""An hour while it is held, as the box tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import abort

from admin.errors import BoxAway, Refused
from admin.panel import the_panel
from admin.rooms.glances import glances
from store.models import ExpertSession

State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    state: State | None
    """None: it is not held now, or nobody knows."""
    away: str = ""
    """Why nobody knows."""


def held(session: int) -> Held:
    """For a page that is shown whether the box answers or not."""
    try:
        return Held(state_of(session))
    except BoxAway as error:
        return Held(None, str(error))


def state_of(session: int) -> State | None:
    """None for an hour that is not held now. Raises `BoxAway`."""
    try:
        ask = partial(the_panel().ask, "experts.state", session=session)
        found: State | None = glances().glance(f"hour {session}", ask)
    except Refused:
        return None
    return found


def known(session: int) -> ExpertSession:
    """404 for one that is not there."""
    row: ExpertSession | None = ExpertSession.get_or_none(ExpertSession.id == session)
    return row or abort(404)
