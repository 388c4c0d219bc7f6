"""`execute_extension`: the actions of another extension, in the middle of an application."""

import logging

from softswitch.apps.words import words_of
from softswitch.session import Session

log = logging.getLogger(__name__)

MAX_ACTIONS = 128
"""mod_dptools.c, inline_dialplan_hunt."""
MAX_DEPTH = 30
"""switch_core_session.c, SWITCH_MAX_STACKS: extensions within extensions."""


async def execute_extension(session: Session, argument: str) -> None:
    """`execute_extension <extension> inline`, where the extension lists applications itself:
    `application:argument,…`, or with another mark between them `m:|:application:argument|…`."""
    words = words_of(argument)
    if len(words) < 2 or words[1] != "inline" or session.depth > MAX_DEPTH:
        log.error("execute_extension cannot run %r", argument[:200])
        return
    listed, mark = words[0], ","
    if listed.startswith("m:") and listed[3:4] == ":":
        listed, mark = listed[4:], listed[2]
    for action in listed.split(mark)[:MAX_ACTIONS]:
        application, _, given = action.partition(":")
        await session.execute(application.strip(), given)
        session.check()
