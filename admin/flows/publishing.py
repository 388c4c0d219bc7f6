"""From a version to what callers hear, and back: the same checks as `pressline publish`."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import gettext

from admin.audit import record
from admin.errors import PanelError
from admin.panel import the_panel
from store import flows
from store.database import writing
from store.models import FlowVersion

from .finding import version_or_404
from .ports import Rehearsal
from .standing import standings

MOST = 50
"""Flows that go live together."""


def chosen(version: FlowVersion) -> Sequence[FlowVersion]:
    """The version, and the newest of each other flow that was ticked beside it."""
    names = dict.fromkeys(request.values.getlist("beside")[:MOST])
    return [version, *(version_or_404(name) for name in names if name != version.flow.name)]


def drafts_beside(name: str, zone: ZoneInfo) -> Sequence[str]:
    """Other flows with drafts that could go live together with this one."""
    return [one.name for one in standings(zone) if one.is_ahead and one.name != name]


def rehearsed(versions: Sequence[FlowVersion]) -> Rehearsal:
    return the_panel().flows.rehearse({version.flow.name: version.text for version in versions})


def go_live(versions: Sequence[FlowVersion], note: str) -> str:
    """Versions that have just been rehearsed; a line for the user."""
    before = flows.live_numbers()
    with writing():
        for version in versions:
            name, number = version.flow.name, version.number
            flows.go_live(name, number, note)
            after = {"version": number, "note": note}
            record("publish", "flow", name, {"version": before.get(name)}, after)
    live = ", ".join(f"{version.flow.name} {version.number}" for version in versions)
    words = gettext("Live now: %(flows)s.", flows=live)
    return f"{words} {_announced(versions)}"


def roll_back(name: str) -> str:
    """Raises `NothingToRollBack`."""
    before = flows.live_numbers().get(name)
    with writing():
        version = flows.rollback(name)
        record("roll back", "flow", name, {"version": before}, {"version": version.number})
    words = gettext("Version %(number)s is live again.", number=version.number)
    return f"{words} {_announced([version])}"


def _announced(versions: Sequence[FlowVersion]) -> str:
    """What went live stays live when the box cannot be told: it looks by itself when it starts."""
    try:
        return str(gettext(the_panel().flows.announce([version.id for version in versions])))
    except PanelError as error:
        return str(error)
