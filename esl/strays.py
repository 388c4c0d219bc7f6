"""Calls that wait for a program that died before it had said a word.

FreeSWITCH goes on in its dialplan when a program's connection breaks, but not when it breaks
before the program's `connect`: then it parks the call, and nobody is left to fetch it
(mod_event_socket.c, socket_function: the listener has ended before `switch_ivr_park` begins).
"""

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from esl.errors import CommandFailed

log = logging.getLogger(__name__)

WAITING = "socket"
"""The application of a call whose program has not told it anything yet."""
_DIALLED = re.compile(r"[0-9*#+]{1,20}\Z")
_CONTEXT = re.compile(r"[A-Za-z0-9_.-]{1,64}\Z")
UNKNOWN = "unknown"
"""Dialled in place of what is no number: leads to the callbox as every number does."""

Api = Callable[[str], str]


def waiting(rows: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Of the rows of `show channels`, those that wait for a program, by their uuid."""
    return {str(row["uuid"]): row for row in rows if row.get("application") == WAITING}


def fetch(api: Api, row: Mapping[str, Any]) -> None:
    """Send a call through the dialplan anew; one that we have placed is ended.

    Raises `EslError`, as `api`; nothing for a call that has ended meanwhile.
    """
    uuid, dialled = row["uuid"], str(row.get("dest", ""))
    context = str(row.get("context", ""))
    if row.get("direction") == "outbound":
        command = f"uuid_kill {uuid}"
    else:
        number = dialled if _DIALLED.match(dialled) else UNKNOWN
        where = f" XML {context}" if _CONTEXT.match(context) else ""
        command = f"uuid_transfer {uuid} {number}{where}"
    try:
        api(command)
    except CommandFailed as gone:
        log.info("a stray call is gone: %s", gone)
