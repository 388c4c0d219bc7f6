"""The one door to outside numbers, as the callbox and the commands reach it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

import gevent
import structlog

from esl.call import EslCall
from ivr_flows.ports import BridgeOutcome, Target, Tried
from lines.dialling import Allowed, Dialling, House, Rulebook
from lines.dialling.entry import RuleEntry, TrunkEntry
from lines.dialling.rules import ORDINARY
from store.models.line import CostClass, Door

from .adapters import PaperClock
from .errors import SidecarError
from .settings import Settings

log = structlog.get_logger()

LIMIT = 5.0
"""Seconds for the store, while somebody waits to be connected."""


SETTLE_LIMIT = 30.0
"""Seconds to note what became of a number: nobody waits for it."""


class Asking(Protocol):
    def run(self, task: str, *arguments: object, limit: float) -> object:
        """Raises `SidecarError`."""


class DiallingRules:
    """Asks the door in a sidecar; when that does not answer, nothing is dialled."""

    def __init__(self, sidecar: Asking) -> None:
        self._sidecar = sidecar

    def targets(self, number: str, door: Door, asked_by: str, call_id: str) -> Sequence[Target]:
        """Who to ring for `number`, which may come from a caller; empty: refused.

        `settle` them once.
        """
        asked = (number, door, asked_by, call_id)
        try:
            answer = self._sidecar.run("may_dial", *asked, limit=LIMIT)
        except SidecarError as error:
            log.error("nobody says whether it may be dialled", reason=str(error))
            return ()
        return [answer.target] if isinstance(answer, Allowed) else ()

    def unrouted(self, call: EslCall) -> None:
        """Have it kept, if it matters, that a call led nowhere. Returns at once."""
        gevent.spawn(self._unrouted, call.dialed, call.caller.number, call.id, call.is_transferred)

    def _unrouted(self, *facts: object) -> None:
        try:
            self._sidecar.run("unrouted", *facts, limit=SETTLE_LIMIT)
        except SidecarError as error:
            log.warning("a call that led nowhere is not noted", reason=str(error))

    def settle(self, targets: Sequence[Target], tried: Tried) -> None:
        """Have it noted what became of `targets`. Returns at once."""
        outcomes = {target.reservation: outcome for target, outcome in tried}
        gevent.spawn(self._settle, [target.reservation for target in targets], outcomes)

    def _settle(self, reservations: Iterable[int], outcomes: Mapping[int, BridgeOutcome]) -> None:
        for reservation in filter(None, reservations):
            outcome = outcomes.get(reservation)
            told = ("settle", reservation, outcome) if outcome else ("release", reservation)
            try:
                self._sidecar.run(*told, limit=SETTLE_LIMIT)
            except SidecarError as error:
                log.warning("what became of a number is not noted", told=told, reason=str(error))


def dialling(settings: Settings) -> Dialling:
    """The door itself, on an open store."""
    return Dialling(house(settings))


def dialling_tasks(settings: Settings) -> dict[str, Callable[..., Any]]:
    """What a sidecar of somebody who dials must know."""
    door = dialling(settings)

    def refusal(number: str, place: Door, asked_by: str) -> str:
        """Why it may not be dialled just now; empty when it may. Nothing is kept or counted."""
        ruling = door.look(number, place, asked_by).ruling
        return "" if ruling.allows else ruling.detail or "the dialling rules forbid it"

    return {
        "refusal": refusal,
        "may_dial": door.may_dial,
        "settle": door.settle,
        "release": door.release,
        "unrouted": door.unrouted,
    }


def house(settings: Settings) -> House:
    clock = PaperClock(settings.time_zone)
    return House(clock, settings.country, settings.phones, usual_rules(settings))


def usual_rules(settings: Settings) -> Rulebook:
    """The settings' one trunk and patterns, for papers that have no rules in the store."""
    rules = {}
    if settings.dial_refuse:
        rules["dial-refuse"] = RuleEntry(refuse=True, to=settings.dial_refuse)
    if settings.dial_allow:
        classes = (*sorted(ORDINARY), CostClass.UNKNOWN)
        rules["dial-allow"] = RuleEntry(to=settings.dial_allow, classes=classes)
    trunks = [TrunkEntry(name="settings", host=settings.trunk)] if settings.trunk else []
    return Rulebook(rules, trunks=trunks)
