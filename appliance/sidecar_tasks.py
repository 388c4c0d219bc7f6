"""The callbox's sidecar: speech, queries, HTTP. `python -m appliance.sidecar_tasks N FD`."""

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from desk.queries import run_query
from ivr_flows.ports import Prompt
from tts_asr.recordings import PaperRecordings
from tts_asr.speaker import Speaker

from . import logs, web
from .home import Home
from .settings import load
from .sidecar_child import serve
from .speech import speaker


def say(voices: Speaker, text: str, language: str, voice: str) -> Sequence[Prompt]:
    return [
        Prompt(prompt.path.absolute(), prompt.text)
        for prompt in voices.render(text, language, voice)
    ]


def query(found: Any, source: Any, parameters: dict[str, Any]) -> Any:
    return run_query(found, source, parameters, datetime.now(UTC))


def main(threads: str, descriptor: str) -> None:
    logs.set_up()
    settings = load()
    home = Home(settings.home)
    voices = speaker(settings, home)
    own = PaperRecordings(home.own_prompts, home.prompts)
    tasks: dict[str, Callable[..., Any]] = {
        "say": partial(say, voices),
        "recording": lambda name, language: [Prompt(own.find(name, language))],
        "query": query,
        "http": web.request,
    }
    serve(tasks, int(descriptor), int(threads))


if __name__ == "__main__":
    main(*sys.argv[1:])
