"""The visible table of applications, and how one is run with its events."""

import logging
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from softswitch.errors import Interrupted
from softswitch.session import Session
from softswitch.variables import expanded

log = logging.getLogger(__name__)

Run = Callable[[Session, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Application:
    run: Run
    needs_media: bool = False
    """Whether audio is begun first: a call not yet answered gets 183 (switch_core_session.c,
    switch_core_session_execute_application_get_flags)."""


class Applications:
    def __init__(self, table: dict[str, Application]) -> None:
        self._table = table

    def __contains__(self, name: str) -> bool:
        return name in self._table

    def names(self) -> list[str]:
        return sorted(self._table)

    async def run(self, session: Session, name: str, argument: str, order: str) -> None:
        """An unknown application kills the call without any event, as in FreeSWITCH."""
        application = self._table.get(name)
        if application is None:
            log.error("application %r is unknown, the call ends", name[:64])
            session.hang_up("DESTINATION_OUT_OF_ORDER")
            return
        if application.needs_media:
            session.variables.set("app_uuid", order)
            start_media(session)
            session.variables.set("app_uuid", None)
        if "$" in argument:
            argument = expanded(argument, session.channel.values)
        await _run(session, application, name, argument, order or str(uuid.uuid4()))


def start_media(session: Session) -> None:
    """Early media for a call that has none yet."""
    if session.channel.answer_state == "ringing":
        session.line.start_media()


async def _run(
    session: Session, application: Application, name: str, argument: str, order: str
) -> None:
    _note_start(session, name, argument)
    facts = {"Application": name}
    if argument:
        facts["Application-Data"] = argument
    session.channel.fire("CHANNEL_EXECUTE", facts | {"Application-UUID": order})
    try:
        await application.run(session, argument)
    except Interrupted:
        pass
    finally:
        response = session.variables.get("current_application_response", "_none_")
        facts |= {"Application-Response": response, "Application-UUID": order}
        session.channel.fire("CHANNEL_EXECUTE_COMPLETE", facts)


def _note_start(session: Session, name: str, argument: str) -> None:
    variables = session.variables
    variables.set("current_application_response", None)
    variables.set("current_application_data", argument)
    variables.set("current_application", name)
    session.last_application = (name, argument)
