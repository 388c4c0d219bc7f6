"""All that may need a person, by kind: a word, and for several of a kind a name behind it."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta

import peewee
import structlog

from admin.health import Health
from esl.errors import EslError
from esl.inbound import CommandConnection
from lines.dialling import records as dialling
from store import quality
from store.errors import StoreError
from store.fields import now

from .. import attention
from ..checking import SWITCH_LIMIT, process_health, switch_health
from ..dialplan import switch_password
from ..errors import SettingsInvalid
from ..home import Home
from ..metrics import figures_file
from ..metrics.store_figures import overdue, owed
from ..metrics.switch_figures import gateways, is_well
from ..settings import Settings
from .certificates import ending

log = structlog.get_logger()

Part = Callable[[], Iterable[tuple[str, str]]]

MOST_TRUNKS = 50
HOUR = timedelta(hours=1)
FEWEST_CALLS = 10
"""Measured calls without which a share says nothing."""
MOST_BAD = 0.2
"""Share of calls that were hard to understand."""
STANDS_STILL = 1800.0
"""Seconds that what the worker owes may be overdue."""
SOON, MOST_RESTARTS = 900.0, 4
"""Restarts of one process within so many seconds."""

_restarts: dict[str, list[tuple[float, float]]] = {}
"""By process, when it was looked and how often it had been started anew by then."""


def all_needs(settings: Settings, home: Home) -> Mapping[str, str]:
    """Never fails: what cannot be asked is a need itself, or left out with a line in the log."""
    found: dict[str, str] = {}
    parts: Mapping[str, Part] = {
        "processes": lambda: _processes(settings, home),
        "restarts": lambda: _restarting(home),
        "trunks": lambda: _trunks(settings),
        "certificates": lambda: ending(home, time.time()),
        "store": lambda: _of_store(home),
    }
    for name, part in parts.items():
        try:
            found.update(part())
        except Exception as error:  # the top of a task: one look that fails hides no other
            log.warning("nobody knows whether all is well", part=name, reason=str(error))
    return found


def _processes(settings: Settings, home: Home) -> Iterator[tuple[str, str]]:
    switch = switch_health(settings)
    if not switch.ok:
        yield "switch", f"The switch does not answer, so no calls come in: {switch.message}"
    for name, harm in {
        "callbox": "callers hear a notice and can only leave a message",
        "worker": "messages are neither written down nor mailed",
    }.items():
        health: Health = process_health(home, name)
        if not health.ok:
            yield name, f"The {name} does not run ({health.message}): {harm}."


def _restarting(home: Home) -> Iterator[tuple[str, str]]:
    at = time.time()
    for family in figures_file.read(figures_file.path_of(home.root, "supervisor")):
        for sample in family.samples:
            name = sample.labels.get("process", "")
            if sample.name.endswith("_total") and _too_often(name, sample.value, at):
                yield (
                    f"restarts {name}",
                    f"The {name} ended {MOST_RESTARTS} times or more within a quarter of an hour "
                    "and was started anew each time: look into its log.",
                )


def _too_often(name: str, count: float, at: float) -> bool:
    seen = [(when, then) for when, then in _restarts.get(name, []) if 0 <= at - when <= SOON]
    _restarts[name] = [*seen, (at, count)]
    return count - min(then for _, then in _restarts[name]) >= MOST_RESTARTS


def _trunks(settings: Settings) -> Iterator[tuple[str, str]]:
    if settings.switch == "embedded":
        yield from _for_freeswitch()
        return
    try:
        connection = CommandConnection(
            *settings.esl, switch_password(settings), timeout=SWITCH_LIMIT
        )
        connection.connect()
    except (EslError, SettingsInvalid):
        return  # told as the switch's
    try:
        status = connection.api("sofia xmlstatus gateway", SWITCH_LIMIT)
    finally:
        connection.stop()
    for gateway in gateways(status)[:MOST_TRUNKS]:
        if not is_well(gateway):
            name, state = gateway.findtext("name", "")[:50], gateway.findtext("state", "")[:30]
            yield (
                f"trunk {name}",
                f"The trunk {name} is not connected ({state}): calls by it fail or go by another. "
                "Ask the provider, or look at its account.",
            )


def _for_freeswitch() -> Iterator[tuple[str, str]]:
    """The embedded switch knows a trunk by its address alone, over UDP."""
    for trunk in dialling.trunks()[:MOST_TRUNKS]:
        if trunk.user or trunk.transport != "udp":
            yield (
                f"trunk {trunk.name}",
                f"The trunk {trunk.name} cannot be used: the switch that is built in neither "
                "registers with a provider nor speaks TCP or TLS. Install FreeSWITCH "
                "(docs/install.md), or ask the provider for a trunk by address.",
            )


def _of_store(home: Home) -> Iterator[tuple[str, str]]:
    try:
        yield from attention.needs(home).items()
        yield from _quality()
        yield from _queue()
    except (StoreError, peewee.PeeweeException) as error:
        yield "store", f"The store does not answer; what calls bring waits on the disk: {error}"


def _quality() -> Iterator[tuple[str, str]]:
    share = quality.since(now() - HOUR)
    if share.measured >= FEWEST_CALLS and share.of_all >= MOST_BAD:
        yield (
            "quality",
            f"{share.bad} of the {share.measured} calls of the last hour were hard to understand: "
            "the network between the box and the phones or the provider loses sound.",
        )


def _queue() -> Iterator[tuple[str, str]]:
    for what, (count, since) in owed(now()).items():
        if overdue(since, now()) > STANDS_STILL:
            yield (
                f"queue {what}",
                f"{count} {what} wait, the oldest for over {STANDS_STILL / 60:.0f} minutes: "
                "the worker is stuck, or too slow. Nothing is lost.",
            )
