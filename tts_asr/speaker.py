"""Texts in, prompt files out: sentence by sentence, from the cache or the best engine."""

import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tts_asr.errors import EngineFailed, NoEngineSpoke, PromptNotKept, TextRefused, TextTooLong
from tts_asr.housekeeping import touch
from tts_asr.levels import trim
from tts_asr.prompt_folder import PromptFolder, Wording, prompt_name
from tts_asr.resting import RestList
from tts_asr.sound import Sound
from tts_asr.synthesizer import Synthesizer
from tts_asr.wording import can_be_said, clean_text

ANY_LANGUAGE = "*"
REMEMBERED_TEXTS = 4_096
"""Texts whose sentences and names are kept in memory: far more than a box has prompts."""


@dataclass(frozen=True, slots=True)
class RenderedPrompt:
    """A file to play, and the words in it."""

    path: Path
    text: str


class Speaker:
    """`engines`: the chain for each language, best first; `*` is for all others.

    `split` cuts a text into sentences. A speaker is made once for a process; `render` and all
    that touches the disk block and belong off a call's loop, `known` belongs there.
    """

    def __init__(
        self,
        folder: Path,
        engines: Mapping[str, Sequence[Synthesizer]],
        *,
        split: Callable[[str, str], list[str]],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.folder = PromptFolder(folder)
        self._engines = dict(engines)
        self._split = split
        self._rests = RestList(now)
        self._plan = lru_cache(REMEMBERED_TEXTS)(self._make_plan)

    def refresh(self) -> None:
        """Index the folder: at start, then at least daily and after another process rendered."""
        self.folder.refresh()

    def known(self, text: str, language: str, voice: str = "") -> list[RenderedPrompt] | None:
        """The prompts that say `text`, from memory alone; `None` when one must be rendered."""
        try:
            plan = self._plan(text, language, voice)
        except TextTooLong:  # `render` says so
            return None
        prompts = []
        for wording, names in plan:
            name = next(filter(self.folder.known, names), None)
            if name is None:
                return None
            prompts.append(RenderedPrompt(self.folder.path(name), wording.text))
        return prompts

    def learn(self, prompts: Sequence[RenderedPrompt]) -> None:
        """Know from now on what another process has rendered."""
        self.folder.learn(prompt.path.stem for prompt in prompts)

    def render(self, text: str, language: str, voice: str = "") -> list[RenderedPrompt]:
        """The prompts that say `text`; none for a text without words.

        Raises `TextTooLong`, `NoEngineSpoke`, `PromptNotKept`.
        """
        plan = self._plan(text, language, voice)
        return [RenderedPrompt(self._render(wording)[0], wording.text) for wording, _ in plan]

    def improve(self, most: int = 50) -> int:
        """Say again what a lesser engine stood in for; how many prompts are better now.

        For a job that runs now and then. Ends at once while the better engine is still away.
        """
        improved = 0
        for note, wording in self.folder.stand_ins():
            if improved == most or self._is_stand_in_still(wording):
                touch(note)  # another one first the next time
                break
            note.unlink(missing_ok=True)
            improved += 1
        return improved

    def _is_stand_in_still(self, wording: Wording) -> bool:
        try:
            return self._render(wording)[1]
        except NoEngineSpoke:  # the engines were changed since: nothing better is to come
            return False

    def _make_plan(self, text: str, language: str, voice: str) -> list[tuple[Wording, list[str]]]:
        """The sentences of `text`, each with the names its prompt may have, best engine first."""
        chain = self._chain(language)
        pieces = [piece for piece in self._split(clean_text(text), language) if can_be_said(piece)]
        wordings = [Wording(piece, language, voice) for piece in pieces]
        return [
            (wording, [prompt_name(wording, engine.name) for engine in chain])
            for wording in wordings
        ]

    def _chain(self, language: str) -> Sequence[Synthesizer]:
        for tag in (language, language.partition("-")[0], ANY_LANGUAGE):
            if tag in self._engines:
                return self._engines[tag]
        return ()

    def _render(self, wording: Wording) -> tuple[Path, bool]:
        """The prompt's file, and whether it stands in for one of a better engine."""
        reasons: dict[str, str] = {}
        is_stand_in = False
        for engine in self._chain(wording.language):
            name = prompt_name(wording, engine.name)
            try:
                path = self.folder.find(name) or self._make(engine, wording, name)
            except TextRefused as refusal:
                reasons[engine.name] = refusal.reason
            except EngineFailed as failure:
                reasons[engine.name] = failure.reason
                is_stand_in = True
            else:
                if is_stand_in:
                    self._note_stand_in(name, wording)
                return path, is_stand_in
        raise NoEngineSpoke(wording.language, reasons)

    def _note_stand_in(self, name: str, wording: Wording) -> None:
        with contextlib.suppress(PromptNotKept):  # the caller hears the stand-in all the same
            self.folder.note_stand_in(name, wording)

    def _make(self, engine: Synthesizer, wording: Wording, name: str) -> Path:
        """A new prompt by `engine`. Raises `EngineFailed`, `PromptNotKept`."""
        unfit = engine.available()
        if unfit or not engine.speaks(wording.language):
            raise TextRefused(engine.name, unfit or f"has no voice for {wording.language[:20]!r}")
        resting = self._rests.reason(engine.name)
        if resting:
            raise EngineFailed(engine.name, resting)
        sound = self._ask(engine, wording)
        return self.folder.keep(name, trim(sound, wording.text))

    def _ask(self, engine: Synthesizer, wording: Wording) -> Sound:
        try:
            sound = engine.synthesize(wording.text, wording.language, wording.voice)
        except TextRefused:
            raise
        except EngineFailed as failure:
            if engine is not self._chain(wording.language)[-1]:  # the last resort never rests
                self._rests.failed(engine.name, failure.reason)
            raise
        self._rests.worked(engine.name)
        return sound
