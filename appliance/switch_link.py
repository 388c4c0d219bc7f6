"""FreeSWITCH's API, as `provisioning` asks for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from esl import commands
from esl.inbound import CommandConnection
from provisioning.freeswitch.running import Api

from .dialplan import switch_password
from .settings import Settings

LIMIT = 20.0
"""Seconds for a command: FreeSWITCH reads all its files within `reloadxml`."""
CONNECT_LIMIT = 3.0


@contextmanager
def switch_api(settings: Settings) -> Iterator[Api]:
    """Commands over one connection. Raises `EslError`, and so do they."""
    connection = CommandConnection(*settings.esl, switch_password(settings), timeout=CONNECT_LIMIT)
    connection.connect()

    def api(command: str) -> str:
        return str(connection.request(commands.api(command), LIMIT).data or "")

    try:
        yield api
    finally:
        connection.stop()
