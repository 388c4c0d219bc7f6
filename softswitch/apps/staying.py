"""Staying on the line: sleep, park, echo; going elsewhere: transfer; and small talk."""

import logging

from softswitch.apps.words import words_of
from softswitch.dialplan import INLINE
from softswitch.media.keys import keys_of
from softswitch.media.loop import Loop
from softswitch.running import park
from softswitch.session import Session, Wake
from softswitch.transfers import transfer_to
from softswitch.variables import number_of

log = logging.getLogger(__name__)


async def sleep(session: Session, argument: str) -> None:
    """`sleep <ms>`; a key ends it and stays for the next application (switch_ivr_sleep)."""
    milliseconds = number_of(argument, 0, 0, 86_400_000)
    await session.wait(seconds=milliseconds / 1000, keys=True)


async def park_here(session: Session, _: str) -> None:
    """Within a parked call `park` returns at once (transcript: it completes directly)."""
    if session.is_parked:
        return
    session.is_parked = True
    try:
        await park(session)
    finally:
        session.is_parked = False


async def echo(session: Session, _: str) -> None:
    loop = Loop()
    session.port.add_sink(loop)
    playing = session.port.play(loop)
    try:
        while (wake := await session.wait(keys=True)) is not Wake.BROKEN:
            if wake is Wake.KEY:
                session.keypad.take()
    finally:
        playing.stop()
        session.port.remove_sink(loop)


async def transfer(session: Session, argument: str) -> None:
    """`transfer <extension> [<dialplan> [<context>]]`."""
    words = words_of(argument)
    legs = words.pop(0) if words and words[0] in ("-bleg", "-both") else ""
    if not words:
        return
    where = words[0], INLINE if words[1:2] == [INLINE] else "XML"
    if legs and session.peer is not None:
        transfer_to(session.peer, *where)
    if legs != "-bleg":
        transfer_to(session, *where)


async def send_dtmf(session: Session, argument: str) -> None:
    """`send_dtmf <keys>[@<ms>]`."""
    for key in keys_of(argument):
        session.line.send_key(key)


async def flush_dtmf(session: Session, _: str) -> None:
    session.keypad.flush()


async def nothing(_: Session, __: str) -> None:
    """For applications that have nothing to do here, for instance start_dtmf."""


async def write_log(session: Session, argument: str) -> None:
    """`log [<level>] <text>`."""
    log.info("%s: %s", session.uuid, argument[:1000].encode("unicode_escape").decode())


async def info(session: Session, _: str) -> None:
    for name, value in session.channel.headers(True).items():
        log.info("%s: %s: %r", session.uuid, name, value[:1000])
