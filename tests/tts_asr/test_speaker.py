"""From texts to prompt files: sentences, the cache, the chain of engines."""

from pathlib import Path

import pytest
import soundfile

from tests.tts_asr.doubles import Hands, ScriptedEngine, loudest_frequency, split, tone
from tts_asr.engines.espeak import Espeak
from tts_asr.errors import EngineFailed, EngineLate, NoEngineSpoke, TextRefused, TextTooLong
from tts_asr.resting import FIRST_REST, RestList
from tts_asr.sound import read_sound
from tts_asr.speaker import RenderedPrompt, Speaker
from tts_asr.synthesizer import Synthesizer

GOOD_TONE, SPARE_TONE = 900, 400


@pytest.fixture
def good() -> ScriptedEngine:
    return ScriptedEngine("good", sound=tone(GOOD_TONE, rate=24_000))


@pytest.fixture
def spare() -> ScriptedEngine:
    return ScriptedEngine("spare", sound=tone(SPARE_TONE))


@pytest.fixture
def clock() -> Hands:
    return Hands()


def speaker_with(folder: Path, *engines: Synthesizer, now: Hands | None = None) -> Speaker:
    return Speaker(folder, {"*": engines}, split=split, now=now or Hands())


@pytest.fixture
def speaker(tmp_path: Path, good: ScriptedEngine, spare: ScriptedEngine, clock: Hands) -> Speaker:
    return speaker_with(tmp_path, good, spare, now=clock)


def frequency(prompt: RenderedPrompt) -> int:
    return 10 * round(loudest_frequency(read_sound(prompt.path)) / 10)


def test_each_sentence_is_a_file_for_the_telephone(speaker: Speaker) -> None:
    prompts = speaker.render("Good morning. Press one.", "en")
    assert [prompt.text for prompt in prompts] == ["Good morning.", "Press one."]
    for prompt in prompts:
        info = soundfile.info(prompt.path)
        assert (info.samplerate, info.channels, info.subtype) == (8_000, 1, "PCM_16")
        wide = soundfile.info(prompt.path.with_name(f"{prompt.path.stem}-16k.wav"))
        assert (wide.samplerate, wide.channels, wide.subtype) == (16_000, 1, "PCM_16")
        assert wide.duration == pytest.approx(info.duration, abs=0.001)


def test_an_engine_of_telephone_quality_leaves_no_wide_file(tmp_path: Path) -> None:
    engine = ScriptedEngine("narrow", sound=tone(500, rate=8_000))
    speaker_with(tmp_path, engine).render("Good morning.", "en")
    assert len(list(tmp_path.iterdir())) == 1


def test_a_sentence_is_said_once_and_then_played_from_its_file(
    speaker: Speaker, good: ScriptedEngine
) -> None:
    first = speaker.render("Press one. Hello Ann.", "en")
    second = speaker.render("Press one. Hello Bob.", "en")
    assert good.heard == ["Press one.", "Hello Ann.", "Hello Bob."]
    assert first[0] == second[0]


def test_language_and_voice_make_another_prompt(speaker: Speaker) -> None:
    asked = [("en", ""), ("zh", ""), ("en", "f3")]
    paths = {speaker.render("12.", language, voice)[0].path for language, voice in asked}
    assert len(paths) == 3


def test_the_files_of_one_process_serve_another(tmp_path: Path, good: ScriptedEngine) -> None:
    rendered = speaker_with(tmp_path, good).render("Press one.", "en")
    assert speaker_with(tmp_path, good).render("Press one.", "en") == rendered
    assert len(good.heard) == 1


@pytest.mark.parametrize("text", ["", "  \n", "😀🎉👍🏽", "\x00\x1b", "...", "\ud800", "\u202e"])
def test_a_text_without_words_gives_no_prompt(speaker: Speaker, text: str) -> None:
    assert speaker.render(text, "en") == []
    assert speaker.known(text, "en") == []


def test_engines_never_see_controls_pictures_or_broken_characters(
    speaker: Speaker, good: ScriptedEngine
) -> None:
    speaker.render("Hi\x00 \x01100p\n\u202eAnn\ud800 😀 of 20°.", "en")
    assert good.heard == ["Hi 100p Ann of 20°."]


def test_a_text_of_5000_characters_is_said_in_full(tmp_path: Path) -> None:
    text = "".join(f"This is sentence no {number:03d}. " for number in range(200))
    assert len(text) == 5_000
    prompts = speaker_with(tmp_path, Espeak()).render(text, "en")
    assert [prompt.text for prompt in prompts] == split(text, "en")
    assert all(soundfile.info(prompt.path).duration > 0.3 for prompt in prompts)


def test_a_longer_text_is_refused_before_any_engine_sees_it(
    speaker: Speaker, good: ScriptedEngine
) -> None:
    with pytest.raises(TextTooLong, match="5001 characters, expected at most 5000"):
        speaker.render("a" * 5_001, "en")
    assert speaker.known("a" * 5_001, "en") is None
    assert good.heard == []


def test_an_engine_that_fails_gives_way_to_the_next(speaker: Speaker, good: ScriptedEngine) -> None:
    good.failure = EngineFailed("good", "no internet")
    assert frequency(speaker.render("Hello.", "en")[0]) == SPARE_TONE


def test_an_engine_that_was_late_is_left_alone_for_a_while(
    speaker: Speaker, good: ScriptedEngine, clock: Hands
) -> None:
    good.failure = EngineLate("good", 2)
    speaker.render("One. Two. Three.", "en")
    clock.seconds += FIRST_REST - 1
    speaker.render("Four.", "en")
    assert good.heard == ["One."]
    clock.seconds += 2
    speaker.render("Five. Six.", "en")
    assert good.heard == ["One.", "Five."]


def test_each_failure_in_a_row_doubles_the_rest_up_to_a_limit(clock: Hands) -> None:
    rests = RestList(clock)
    for seconds in (30, 60, 120, 240, 480, 600, 600):
        rests.failed("good", "late")
        clock.seconds += seconds - 1
        assert rests.reason("good") == "rests for 1 s more after: late"
        clock.seconds += 1
        assert rests.reason("good") is None
    rests.worked("good")
    rests.failed("good", "late")
    clock.seconds += 30
    assert rests.reason("good") is None


def test_a_text_that_one_engine_refuses_does_not_send_it_to_rest(
    speaker: Speaker, good: ScriptedEngine
) -> None:
    good.failure = TextRefused("good", "cannot say that")
    assert frequency(speaker.render("Strange.", "en")[0]) == SPARE_TONE
    good.failure = None
    assert frequency(speaker.render("Plain.", "en")[0]) == GOOD_TONE


def test_the_last_engine_never_rests(tmp_path: Path, clock: Hands) -> None:
    only = ScriptedEngine("only", failure=EngineFailed("only", "hiccup"))
    speaker = speaker_with(tmp_path, only, now=clock)
    with pytest.raises(NoEngineSpoke):
        speaker.render("Hello.", "en")
    only.failure = None
    assert speaker.render("Hello.", "en")


def test_when_no_engine_speaks_all_reasons_are_told(tmp_path: Path) -> None:
    engines = [
        ScriptedEngine("absent", reason="not installed"),
        ScriptedEngine("foreign", languages=("fr",)),
        ScriptedEngine("broken", failure=EngineFailed("broken", "it hurts")),
    ]
    with pytest.raises(NoEngineSpoke) as failure:
        speaker_with(tmp_path, *engines).render("Hello.", "en")
    assert failure.value.reasons == {
        "absent": "not installed",
        "foreign": "has no voice for 'en'",
        "broken": "it hurts",
    }
    with pytest.raises(NoEngineSpoke, match="none is set"):
        Speaker(tmp_path, {"zh": engines}, split=split).render("Hello.", "en")


def test_each_language_has_its_own_chain(
    tmp_path: Path, good: ScriptedEngine, spare: ScriptedEngine
) -> None:
    speaker = Speaker(tmp_path, {"zh": [good], "*": [spare]}, split=split)
    speaker.render("1.", "zh")
    speaker.render("2.", "en")
    with pytest.raises(NoEngineSpoke):  # the chain of `zh` serves zh-TW, whose engine declines
        speaker.render("3.", "zh-TW")
    assert (good.heard, spare.heard) == (["1."], ["2."])


def test_a_broken_engine_cannot_fill_the_disk_or_the_ears(tmp_path: Path) -> None:
    for sound in (tone(440, seconds=60), tone(440, size=0.0), tone(440, seconds=0.0)):
        with pytest.raises(NoEngineSpoke):
            speaker_with(tmp_path, ScriptedEngine("odd", sound=sound)).render("Hi.", "en")
    assert list(tmp_path.iterdir()) == []


def test_an_engine_may_try_twice_but_never_after_it_was_late(tmp_path: Path) -> None:
    for failure, tries in ((EngineFailed("x", "hiccup"), 2), (EngineLate("x", 2), 1)):
        engine = ScriptedEngine("x", failure=failure)
        engine.attempts = 2
        with pytest.raises(NoEngineSpoke):
            speaker_with(tmp_path, engine).render("Hi.", "en")
        assert len(engine.heard) == tries
