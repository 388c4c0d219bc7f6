"""Questions of other processes to the callbox, over the switch's event bus.

A command or the panel asks (`ask`); the callbox answers (`Asked`). Both know the switch's password;
nobody else can put a question.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import gevent
import structlog
from gevent.event import AsyncResult

from esl import commands
from esl.errors import EslError
from esl.event import Event
from esl.inbound import EventConnection, checked_reply
from lines.errors import LinesError

from .dialplan import switch_password
from .errors import BoxSilent, SettingsInvalid, WishRefused
from .settings import Settings

log = structlog.get_logger()

ASK = "pressline::ask"
ANSWER = "pressline::answer"
LIMIT = 5.0
"""Seconds for the switch to take a connection, or a question."""
ANSWER_LIMIT = 10.0
"""Seconds for the callbox to answer it."""

Handler = Callable[..., Any]
"""Given the arguments of a question by name; its answer must be plain data. Raises `LinesError` or
`EslError`, whose words are told to whoever asked."""
SendEvent = Callable[[str, Mapping[str, str], str], Any]


class Asked:
    """The callbox's side."""

    def __init__(self, send: SendEvent) -> None:
        self._send = send
        self._handlers: dict[str, Handler] = {}

    def register(self, verb: str, handler: Handler) -> None:
        self._handlers[verb] = handler

    def on_event(self, event: Event) -> None:
        """Every event of the switch; others than questions are left alone."""
        if event.get("Event-Subclass") == ASK:
            gevent.spawn(self._answer, event.body)

    def _answer(self, question: str) -> None:
        try:
            asked = json.loads(question)
            number, verb, given = asked["id"], asked["verb"], asked["given"]
        except (ValueError, KeyError, TypeError) as error:
            log.warning("a question cannot be read", reason=str(error))
            return
        answer = {"id": number, **self._answered(verb, given)}
        self._send(ANSWER, {}, json.dumps(answer, default=str))

    def _answered(self, verb: str, given: Mapping[str, Any]) -> dict[str, Any]:
        handler = self._handlers.get(verb)
        if handler is None:
            return {"refused": f"this box knows no {verb!r}"}
        try:
            return {"answer": handler(**given)}
        except (LinesError, EslError) as error:
            return {"refused": str(error)}
        except Exception as error:  # the top of a request
            log.exception("a question failed", verb=verb)
            return {"refused": f"{type(error).__name__}: {error}"}


def ask(settings: Settings, verb: str, **given: Any) -> Any:
    """Put a question to the running callbox. Blocks.

    Raises `BoxSilent` when nobody answers, `WishRefused` with the callbox's own words.
    """
    number = uuid4().hex
    answer: AsyncResult[dict[str, Any]] = AsyncResult()

    def on_event(event: Event) -> None:
        if event.get("Event-Subclass") == ANSWER:
            found = json.loads(event.body)
            if found.get("id") == number:
                answer.set(found)

    question = json.dumps({"id": number, "verb": verb, "given": given}, default=str)
    try:
        connection = EventConnection(
            *settings.esl, switch_password(settings), on_event=on_event, timeout=LIMIT
        )
        connection.connect()
    except (EslError, SettingsInvalid) as error:
        raise BoxSilent(f"the box is not running, or cannot be reached: {error}") from error
    try:
        connection.subscribe([ANSWER])
        reply = connection.request(commands.sendevent(ASK, {}, question), LIMIT)
        checked_reply(f"sendevent {ASK}", reply.data)
        found = answer.get(timeout=ANSWER_LIMIT)
    except EslError as error:
        raise BoxSilent(f"the box could not be asked: {error}") from error
    except gevent.Timeout as error:
        raise BoxSilent(
            f"the callbox has not answered in {ANSWER_LIMIT:g} s: is it running?"
        ) from error
    finally:
        connection.stop()
    if not found or "refused" in found:
        raise WishRefused((found or {}).get("refused", "no answer"))
    return found["answer"]
