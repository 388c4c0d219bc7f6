"""The ear: hears numbers that callers say. `python -m appliance.ear_tasks FD`.

A process of its own, as Vosk may end it, and a large model takes long to load: nothing else may
wait or die with it.
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tts_asr.spoken_digits import digits_in
from tts_asr.transcriber import Transcriber
from tts_asr.transcribers import transcriber_for

from . import logs
from .home import Home
from .settings import load
from .sidecar_child import serve

ONE_AT_A_TIME = 1
"""Several at once would each load the model, and leave less of the processors to the calls."""


def hears(models: Path, language: str) -> bool:
    return _good_ear(models, language) is not None


def number(models: Path, path: Path, language: str) -> str | None:
    """As `voicemail.ports.Mailroom.number_said`. Raises `SpeechError`."""
    try:
        transcriber = _good_ear(models, language)
        return digits_in(transcriber.transcribe(path)) if transcriber else None
    finally:
        path.unlink(missing_ok=True)


def _good_ear(models: Path, language: str) -> Transcriber | None:
    """None for the stand-in without a model: of 30 numbers on a telephone it heard one right."""
    found = transcriber_for(models, language)
    return None if found is None or found.limitation else found


def main(descriptor: str) -> None:
    logs.set_up()
    models = Home(load().home).models
    tasks: dict[str, Callable[..., Any]] = {
        "hears": partial(hears, models),
        "number": partial(number, models),
    }
    serve(tasks, int(descriptor), ONE_AT_A_TIME)


if __name__ == "__main__":
    main(*sys.argv[1:])
