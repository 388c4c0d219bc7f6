"""Answering, refusing and ending a call."""

import asyncio

from softswitch.causes import cause_named, cause_of_sip
from softswitch.session import Session
from softswitch.variables import number_of


async def answer(session: Session, _: str) -> None:
    session.line.answer()


async def pre_answer(session: Session, _: str) -> None:
    session.line.start_media()


async def ring_ready(session: Session, _: str) -> None:
    session.line.ring()


async def hangup(session: Session, argument: str) -> None:
    session.hang_up(cause_named(argument))


async def respond(session: Session, argument: str) -> None:
    """`respond <status> [<phrase>]`."""
    status = number_of(argument, 488, 300, 699)
    if not session.channel.answered:
        session.line.refuse(status, argument.partition(" ")[2])
    session.hang_up(cause_of_sip(status))


async def sched_hangup(session: Session, argument: str) -> None:
    """`sched_hangup [+]<seconds> [<cause>]`."""
    when, _, cause = argument.strip().partition(" ")
    seconds = number_of(when.lstrip("+"), 0, 0, 86_400 * 365)
    if not when.startswith("+"):
        seconds = max(0, seconds - int(session.switch.now()))
    schedule_hangup(session, seconds, cause_named(cause, "ALLOTTED_TIMEOUT"))


def schedule_hangup(session: Session, seconds: float, cause: str) -> None:
    loop = asyncio.get_running_loop()
    timer = loop.call_later(seconds, lambda: session.hang_up(cause, aside=True))
    session.on_end.append(timer.cancel)
