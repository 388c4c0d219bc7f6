"""What the call's loop may ask without waiting for a disk, and how stand-ins are replaced."""

import builtins
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tts_asr.doubles import Hands, ScriptedEngine, loudest_frequency, split, tone
from tts_asr.errors import EngineFailed
from tts_asr.housekeeping import KEPT_SECONDS, KNOWN_SECONDS, tidy
from tts_asr.resting import FIRST_REST
from tts_asr.sound import read_sound
from tts_asr.speaker import RenderedPrompt, Speaker

GOOD_TONE, SPARE_TONE = 900, 400


class Box:
    """Two engines, a clock, and speakers as the processes of a box have them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Hands()
        self.good = ScriptedEngine("good", sound=tone(GOOD_TONE))
        self.spare = ScriptedEngine("spare", sound=tone(SPARE_TONE))

    def speaker(self) -> Speaker:
        return Speaker(self.folder, {"*": [self.good, self.spare]}, split=split, now=self.clock)

    def age(self, seconds: float) -> None:
        """Make every file older, as if it was last used so long ago."""
        for path in self.folder.iterdir():
            moment = path.stat().st_mtime - seconds
            os.utime(path, (moment, moment))


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path / "prompts")


def frequency(prompt: RenderedPrompt) -> int:
    return 10 * round(loudest_frequency(read_sound(prompt.path)) / 10)


def test_what_was_rendered_is_known(box: Box) -> None:
    speaker = box.speaker()
    assert speaker.known("One. Two.", "en") is None
    rendered = speaker.render("One. Two.", "en")
    assert speaker.known("One. Two.", "en") == rendered
    assert speaker.known("Two. Three.", "en") is None


def test_another_process_knows_it_after_a_refresh_or_when_it_is_told(box: Box) -> None:
    rendered = box.speaker().render("One. Two.", "en")
    refreshed, told = box.speaker(), box.speaker()
    assert refreshed.known("One. Two.", "en") is None
    refreshed.refresh()
    told.learn(rendered)
    assert refreshed.known("One. Two.", "en") == told.known("One. Two.", "en") == rendered


def test_asking_touches_no_disk(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    speaker = box.speaker()
    speaker.render("One.", "en")

    def forbidden(name: str) -> Callable[..., object]:
        def fail(*_: object, **__: object) -> object:
            raise AssertionError(f"{name} was called")

        return fail

    with monkeypatch.context() as patched:
        for name in ("stat", "scandir", "open", "utime", "listdir", "unlink", "rename"):
            patched.setattr(os, name, forbidden(name))
        patched.setattr(builtins, "open", forbidden("open"))
        answers = [speaker.known("One.", "en"), speaker.known("Two.", "en")]
    assert answers[0]
    assert answers[1] is None


def test_a_missing_folder_is_an_empty_one(box: Box) -> None:
    box.speaker().refresh()
    assert box.speaker().improve() == 0
    assert tidy(box.folder, 0) == 0


@pytest.mark.parametrize("content", [b"", b"RIFF", b"x" * 500])
def test_a_broken_file_is_not_known_and_is_made_again(box: Box, content: bytes) -> None:
    path = box.speaker().render("One.", "en")[0].path
    path.write_bytes(content)
    speaker = box.speaker()
    speaker.refresh()
    assert speaker.known("One.", "en") is None
    assert frequency(speaker.render("One.", "en")[0]) == GOOD_TONE
    assert speaker.known("One.", "en")


def test_a_file_cut_short_is_made_again(box: Box) -> None:
    path = box.speaker().render("One.", "en")[0].path
    whole = path.read_bytes()
    path.write_bytes(whole[:-100])
    box.speaker().render("One.", "en")
    assert path.read_bytes() == whole


def test_the_better_engines_file_wins(box: Box) -> None:
    box.good.failure = EngineFailed("good", "no internet")
    speaker = box.speaker()
    assert frequency(speaker.render("One.", "en")[0]) == SPARE_TONE
    box.good.failure = None
    box.clock.seconds += FIRST_REST
    assert frequency(speaker.render("One.", "en")[0]) == GOOD_TONE
    known = speaker.known("One.", "en")
    assert known
    assert frequency(known[0]) == GOOD_TONE


def test_a_stand_in_is_said_again_when_the_better_engine_is_back(box: Box) -> None:
    box.good.failure = EngineFailed("good", "no internet")
    box.speaker().render("One. Two.", "en")
    assert box.speaker().improve() == 0
    box.good.failure = None
    worker, call = box.speaker(), box.speaker()
    assert worker.improve() == 2
    assert worker.improve() == 0
    call.refresh()
    known = call.known("One. Two.", "en")
    assert known
    assert [frequency(prompt) for prompt in known] == [GOOD_TONE, GOOD_TONE]


def test_a_sentence_that_the_better_engine_never_says_does_not_hold_up_the_others(
    box: Box,
) -> None:
    box.good.failure = EngineFailed("good", "no internet")
    box.speaker().render("One. Two. Three.", "en")
    for _ in range(3):
        box.speaker().improve()
    assert set(box.good.heard) == {"One.", "Two.", "Three."}


def test_a_stand_in_whose_engines_are_gone_is_forgotten(box: Box) -> None:
    box.good.failure = EngineFailed("good", "no internet")
    box.speaker().render("One.", "en")
    assert Speaker(box.folder, {}, split=split).improve() == 1
    assert list(box.folder.glob("*.again")) == []


@pytest.mark.parametrize("content", [b"", b"[", b"[1]", b"{}", b"\xff", b"null"])
def test_a_broken_note_is_thrown_away(box: Box, content: bytes) -> None:
    box.folder.mkdir()
    (box.folder / "x.again").write_bytes(content)
    assert box.speaker().improve() == 0
    assert list(box.folder.iterdir()) == []


def test_the_folder_is_kept_small_by_what_was_unused_for_longest(box: Box) -> None:
    box.speaker().render("Old.", "en")
    box.age(10)
    box.speaker().render("Newer.", "en")
    box.age(KEPT_SECONDS)
    box.speaker().render("New.", "en")
    size = sum(path.stat().st_size for path in box.folder.iterdir())
    assert tidy(box.folder, size) == 0
    assert tidy(box.folder, size - 1) == 2
    speaker = box.speaker()
    speaker.render("Newer. New.", "en")
    assert box.good.heard == ["Old.", "Newer.", "New."]
    assert tidy(box.folder, 0) == 0  # both are in use again


def test_what_a_call_may_play_from_memory_is_never_deleted(box: Box) -> None:
    call = box.speaker()
    call.render("Played. Unplayed.", "en")
    box.age(KNOWN_SECONDS + 60)
    call.known("Played.", "en")
    call.refresh()
    assert call.known("Unplayed.", "en") is None
    box.age(KNOWN_SECONDS)
    known = call.known("Played.", "en")
    assert tidy(box.folder, 0) > 0
    assert known
    assert known[0].path.exists()


def test_what_a_killed_process_left_half_written_is_swept_up(box: Box) -> None:
    box.folder.mkdir()
    (box.folder / ".x.part").write_bytes(b"half")
    assert tidy(box.folder, 10**9) == 0
    box.age(KEPT_SECONDS + 60)
    assert tidy(box.folder, 10**9) == 1
