"""How each part of the box is: for `/healthz`, `pressline doctor` and the start."""

from functools import partial

import peewee

from admin.health import Check, Health
from esl.errors import EslError
from esl.inbound import CommandConnection
from store import database
from store.errors import StoreError
from store.models import Flow

from . import pulse
from .attention import needs
from .callbox_health import judged
from .dialplan import switch_password
from .errors import SettingsInvalid
from .home import Home
from .settings import Settings
from .switch_state import configuration_health
from .threads import in_pool

SWITCH_LIMIT = 2.0
"""Seconds in which a healthy switch answers on its Event Socket."""


def checks(settings: Settings, home: Home) -> dict[str, Check]:
    """By the name of the part."""
    found: dict[str, Check] = {
        "switch": partial(switch_health, settings),
        "callbox": lambda: judged(process_health(home, "callbox")),
        "worker": partial(process_health, home, "worker"),
        "store": partial(in_pool, store_health, settings),
        "messages": partial(in_pool, message_health, settings, home),
    }
    if settings.switch == "freeswitch":
        found["configuration"] = partial(configuration_health, home)
    if settings.queue:
        found["queue"] = partial(in_pool, queue_health, settings)
    return found


def waiting_for(settings: Settings, home: Home) -> list[str]:
    """The parts that are not well (yet)."""
    return [name for name, check in checks(settings, home).items() if not check().ok]


def switch_health(settings: Settings) -> Health:
    try:
        connection = CommandConnection(
            *settings.esl, switch_password(settings), timeout=SWITCH_LIMIT
        )
        connection.connect()
    except (EslError, SettingsInvalid) as error:
        return Health(False, str(error))
    try:
        status = connection.api("status", SWITCH_LIMIT)
    except EslError as error:
        return Health(False, str(error))
    finally:
        connection.stop()
    return Health(True, f"answers on {settings.esl}", {"status": status.splitlines()[:1]})


def process_health(home: Home, process: str) -> Health:
    beat = pulse.read(home.root, process)
    if beat.alive:
        return Health(True, "alive", beat.state)
    if not beat.state:
        return Health(False, f"has not started; `pressline up` starts it with {home.root}")
    return Health(False, f"gave its last sign {beat.age:.0f} s ago", beat.state)


def store_health(settings: Settings) -> Health:
    try:
        database.connect(settings.store_url)
        Flow.select().count()
    except (StoreError, peewee.PeeweeException) as error:
        return Health(False, str(error))
    finally:
        database.disconnect()
    return Health(True, "answers")


def queue_health(settings: Settings) -> Health:
    """Of a queue on a server."""
    from .queue import why_away  # huey and its client take a quarter of a second to load

    reason = why_away(settings)
    return Health(not reason, reason or "answers")


def message_health(settings: Settings, home: Home) -> Health:
    """A box that answers is well; what needs a person is told beside it."""
    try:
        database.connect(settings.store_url)
        found = needs(home)
    except (StoreError, peewee.PeeweeException, OSError) as error:
        return Health(False, str(error))
    finally:
        database.disconnect()
    return Health("room" not in found, "; ".join(found.values()) or "all were told and heard")
