"""One attempt at hearing a message, and what it makes of its `Transcript` row."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import peewee

from store.fields import clean, now
from store.models import Transcript
from store.models.message import TranscriptState
from tts_asr.errors import SpeechError
from tts_asr.transcribers import transcriber_for
from tts_asr.transcript import Transcript as Heard

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
"""A recording that fails so often, or kills its worker, is not tried again unless asked for."""
LONGEST_TEXT = 500_000
"""Characters: some ten hours of talk."""
BETWEEN_NOTES = 1.0
"""Seconds from one note of the progress to the next."""

Facts = dict[str, Any]


def heard(row: Transcript, folder: Path, models: Path, note: Callable[[float], None]) -> Facts:
    """What becomes of `row`; `note` is told the share that is done, at most once a second."""
    path = folder / row.message.path
    if not row.message.path or not path.is_file():
        return failed("the recording is not there any more")
    try:
        transcriber = transcriber_for(models, row.language)
        if transcriber is None:
            return _done({"note": f'no model for "{row.language}" is installed'})
        return _done(_facts(transcriber.transcribe(path, _Progress(note))))
    except peewee.PeeweeException:
        raise
    except SpeechError as error:
        return _after(row, str(error))
    except Exception as error:  # the top of a task: an engine may fail in ways nobody thought of
        log.exception("transcript of %s", row.message.id)
        return _after(row, f"a fault of Pressline, see the log: {error.__class__.__name__}")


def _after(row: Transcript, reason: str) -> Facts:
    if row.attempts >= MOST_ATTEMPTS:
        return failed(reason)
    return {"state": TranscriptState.WAITING, "claimed_by": "", "error": clean(reason, 500)}


def _facts(heard: Heard) -> Facts:
    return {
        "text": clean(heard.text, LONGEST_TEXT),
        "words": [asdict(word) for word in heard.words],
        "engine": clean(heard.engine, 32),
        "model": clean(heard.model, 100),
        "note": clean(heard.note, 300),
    }


def _done(facts: Mapping[str, Any]) -> Facts:
    blank = {"text": "", "words": [], "engine": "", "model": "", "note": "", "error": ""}
    ended = {"state": TranscriptState.DONE, "progress": 1.0, "finished_at": now()}
    return {**blank, **facts, **ended}


def failed(reason: str) -> Facts:
    return {
        "state": TranscriptState.FAILED,
        "error": clean(reason, 500),
        "finished_at": now(),
    }


class _Progress:
    """Passes on how far it is, at most once a second."""

    def __init__(self, note: Callable[[float], None]) -> None:
        self._note = note
        self._next = time.monotonic() + BETWEEN_NOTES

    def __call__(self, done: float, total: float) -> None:
        if time.monotonic() >= self._next:
            self._note(min(done / total, 1.0) if total > 0 else 0.0)
            self._next = time.monotonic() + BETWEEN_NOTES
