"""The flow language's ports, as the running box fills them.

Everything that blocks goes to a sidecar; what is here runs on the call's loop and never waits for
a disk.
"""

import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ivr_flows.ports import (
    HttpReply,
    Prompt,
    QueryOutcome,
    QueryResult,
    SpeechFailed,
)

from .book import NamedQuery
from .errors import SidecarError
from .prompt_memory import Known
from .sidecar import Sidecar

SPEECH_LIMIT = 8.0
"""Seconds for all engines together to say one text."""
GRACE = 1.0
"""Seconds beyond a task's own limit before its process is blamed."""
REMEMBERED = 20_000
"""Texts whose prompts are known without asking."""
REMEMBERED_FOR = 600.0
"""Seconds until it is asked again: a better engine may have come back."""
RECALLED_FOR = 60.0
"""The same for what an earlier process knew."""


class SidecarSpeech:
    """`Speech`: rendered in a sidecar, remembered here."""

    def __init__(self, sidecar: Sidecar) -> None:
        self._sidecar = sidecar
        self._known: OrderedDict[tuple[str, ...], tuple[float, Sequence[Prompt]]] = OrderedDict()

    def say(self, text: str, language: str, voice: str = "") -> Sequence[Prompt]:
        return self._remembered("say", text, language, voice)

    def recording(self, name: str, language: str) -> Prompt:
        (prompt,) = self._remembered("recording", name, language)
        return prompt

    def knows(self) -> Known:
        """What the next process may begin with."""
        return {request: prompts for request, (_, prompts) in self._known.items()}

    def remembers(self, known: Known) -> None:
        """What the last process knew; asked for anew soon, as it may not be right any more."""
        until = time.monotonic() + RECALLED_FOR
        self._known.update({request: (until, prompts) for request, prompts in known.items()})

    def forget_recordings(self) -> None:
        """The paper's own recordings may have changed; what a text sounds like does not."""
        for request in [request for request in self._known if request[0] == "recording"]:
            del self._known[request]

    def _remembered(self, *request: str) -> Sequence[Prompt]:
        found = self._known.get(request)
        now = time.monotonic()
        if found and now < found[0]:
            return found[1]
        try:
            prompts: Sequence[Prompt] = self._sidecar.run(*request, limit=SPEECH_LIMIT)
        except SidecarError as error:
            if found:  # what was right ten minutes ago is better than nothing
                return found[1]
            raise SpeechFailed(str(error)) from error
        self._known[request] = (now + REMEMBERED_FOR, prompts)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return prompts


class SidecarQueries:
    """`Queries`: run in a sidecar, by the definitions of the call's book."""

    def __init__(self, sidecar: Sidecar, queries: Mapping[str, NamedQuery]) -> None:
        self._sidecar = sidecar
        self._queries = queries

    def run(self, name: str, parameters: Mapping[str, Any]) -> QueryResult:
        found = self._queries.get(name)
        if found is None:
            return QueryResult(QueryOutcome.ERROR, error=f"there is no query {name!r}")
        limit = found.query.time_limit + GRACE
        try:
            result: QueryResult = self._sidecar.run("query", *found, dict(parameters), limit=limit)
        except SidecarError as error:
            return QueryResult(QueryOutcome.ERROR, error=str(error))
        return result


class SidecarHttp:
    """`Http`: asked from a sidecar."""

    def __init__(self, sidecar: Sidecar) -> None:
        self._sidecar = sidecar

    def request(
        self,
        method: str,
        url: str,
        body: Mapping[str, Any] | None,
        headers: Mapping[str, str],
        limit_seconds: float,
    ) -> HttpReply:
        asked = (method, url, body, dict(headers), limit_seconds)
        try:
            reply: HttpReply = self._sidecar.run("http", *asked, limit=limit_seconds + GRACE)
        except SidecarError as error:
            return HttpReply(0, error=str(error), timed_out=True)
        return reply


class PaperClock:
    """`Clock`: now, where the paper is."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def now(self) -> datetime:
        return datetime.now(self._zone)
