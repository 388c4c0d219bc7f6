"""The callbox's sidecar: speech, queries, HTTP. `python -m appliance.sidecar_tasks N FD`."""

import resource
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from desk.queries import run_query
from desk.query import Query
from desk.sources import Source
from ivr_flows.ports import Prompt, QueryResult
from tts_asr.recordings import PaperRecordings
from tts_asr.speaker import Speaker

from . import logs, web
from .home import Home
from .settings import load
from .sidecar_child import serve
from .speech import speaker

MOST_MEMORY = 8 << 30
"""Bytes of address space: a query that asks for more fails alone, not the machine."""


def say(voices: Speaker, text: str, language: str, voice: str) -> Sequence[Prompt]:
    return [
        Prompt(prompt.path.absolute(), prompt.text)
        for prompt in voices.render(text, language, voice)
    ]


def query(zone: ZoneInfo, found: Query, source: Source, given: dict[str, Any]) -> QueryResult:
    return run_query(found, source, given, datetime.now(zone))


def main(threads: str, descriptor: str) -> None:
    logs.set_up()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    settings = load()
    home = Home(settings.home)
    voices = speaker(settings, home)
    own = PaperRecordings(home.own_prompts, home.prompts)
    tasks: dict[str, Callable[..., Any]] = {
        "say": partial(say, voices),
        "recording": lambda name, language: [Prompt(own.find(name, language))],
        "query": partial(query, settings.time_zone),
        "http": web.request,
    }
    serve(tasks, int(descriptor), int(threads))


if __name__ == "__main__":
    main(*sys.argv[1:])
