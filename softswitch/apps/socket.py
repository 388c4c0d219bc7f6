"""The `socket` application: a program takes over the call."""

import asyncio
import logging

from softswitch.eventsocket.outbound import OutboundConnection
from softswitch.session import Session
from softswitch.variables import number_of

log = logging.getLogger(__name__)

_CONNECT_SECONDS = 5.0
DEFAULT_PORT = 8084
"""mod_event_socket.c: the port of a socket that names none."""


async def socket(session: Session, argument: str) -> None:
    """`socket <host>[:<port>] [async] [full]`; where nobody listens the dialplan goes on."""
    where, *words = argument.split() or [""]
    host, _, port = where.partition(":")
    session.variables.set("socket_host", host)
    connection = OutboundConnection(session, is_async="async" in words, is_full="full" in words)
    if not await _connected(connection, host, number_of(port, DEFAULT_PORT, 1, 65_535)):
        session.observers.remove(connection)
        return
    session.is_parked = True
    try:
        await _stay(session, connection)
    finally:
        session.is_parked = False


async def _connected(connection: OutboundConnection, host: str, port: int) -> bool:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(_CONNECT_SECONDS):
            await loop.create_connection(lambda: connection, host, port)
    except (OSError, TimeoutError, ValueError) as error:
        log.warning("socket %s:%d cannot be reached: %s", host, port, error)
        return False
    return True


async def _stay(session: Session, connection: OutboundConnection) -> None:
    """Parked until the program goes away; what it ordered last is finished first."""
    if connection.is_async:
        session.channel.fire("CHANNEL_PARK")
    try:
        while not connection.closed.done() or session.has_orders:
            await session.wait(done=connection.closed, keys=True)
            while session.keypad.waits:
                session.keypad.take()
    finally:
        if connection.is_async:
            session.channel.fire("CHANNEL_UNPARK")
