"""Fetches the calls that a callbox has left, once it has ended: `python -m appliance.left_calls`.

FreeSWITCH forgets a call whose program died before it had said a word (esl/strays.py); it would
wait in silence until the next callbox has started. Sent through the dialplan at once it reaches
the last resort. Done by `pressline up`; by systemd as `ExecStopPost=` of the callbox's unit.
"""

import logging
import sys
from functools import partial

from esl import strays
from esl.errors import EslError
from esl.inbound import CommandConnection
from esl.switch import rows

from .dialplan import switch_password
from .errors import SettingsInvalid
from .settings import Settings, load

log = logging.getLogger(__name__)

LIMIT = 2.0
"""Seconds for the switch to answer; a switch that hangs has no calls to fetch."""


def fetch_left(settings: Settings) -> int:
    """How many there were. Only while no callbox runs: a living one would lose its calls."""
    connection = CommandConnection(*settings.esl, switch_password(settings), timeout=LIMIT)
    try:
        connection.connect()
        found = strays.waiting(rows(connection.api("show channels as json", LIMIT)))
        for row in found.values():
            strays.fetch(partial(connection.api, limit=LIMIT), row)
    finally:
        connection.stop()
    return len(found)


def try_to_fetch(settings: Settings) -> None:
    """Where it cannot be done, the next callbox will do it."""
    try:
        if count := fetch_left(settings):
            log.warning("%d calls that nobody served are fetched back", count)
    except (EslError, SettingsInvalid) as error:
        log.info("no look for calls that were left: %s", error)


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        try_to_fetch(load())
    except SettingsInvalid as error:
        sys.exit(f"pressline: {error}")


if __name__ == "__main__":
    main()
