"""Piper's engine over a stand-in for the package piper-tts (1.8), which is not installed."""

import importlib.util
import sys
from pathlib import Path

import pytest

from tests.tts_asr.doubles import loudest_frequency
from tts_asr.engines import ENGINES, make_engines
from tts_asr.engines.piper import Piper
from tts_asr.errors import EngineFailed, EngineLate

PACKAGE = """
import math, struct
from pathlib import Path

class Chunk:
    sample_rate = 22050
    def __init__(self, hertz):
        wave = (round(9000 * math.sin(6.2832 * hertz * n / 22050)) for n in range(5000))
        self.audio_int16_bytes = b"".join(struct.pack("<h", sample) for sample in wave)

class PiperVoice:
    loaded = []

    @staticmethod
    def load(model_path):
        if not Path(model_path).read_bytes():
            raise RuntimeError("no protobuf")
        PiperVoice.loaded.append(Path(model_path).name)
        return PiperVoice()

    def synthesize(self, text):
        assert "[[" not in text
        if "nothing" not in text:
            yield Chunk(600)
            yield Chunk(600)
"""


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "piper.py").write_text(PACKAGE)
    monkeypatch.syspath_prepend(tmp_path / "package")
    monkeypatch.delitem(sys.modules, "piper", raising=False)
    models = tmp_path / "models"
    models.mkdir()
    for voice in ("en_GB-alba-medium", "en_US-amy-low", "zh_CN-huayan-medium"):
        (models / f"{voice}.onnx").write_bytes(b"model")
        (models / f"{voice}.onnx.json").write_text("{}")
    return models


def loaded() -> list[str]:
    import piper

    names: list[str] = piper.PiperVoice.loaded
    return [name.partition("-")[2].partition("-")[0] for name in names]


def test_a_sentence_is_said_and_its_voice_loaded_once(models: Path) -> None:
    engine = Piper(models)
    assert engine.available() is None
    for _ in range(2):
        sound = engine.synthesize("Good [[morning]].", "en")
        assert sound.rate == 22_050
        assert sound.seconds == pytest.approx(10_000 / 22_050)
        assert loudest_frequency(sound) == pytest.approx(600, abs=3)
    assert loaded() == ["alba"]


@pytest.mark.parametrize(
    ("language", "voice", "file"),
    [
        ("en", "", "alba"),
        ("en-US", "", "amy"),
        ("en-GB", "amy", "amy"),
        ("en", "nobody", "alba"),
        ("en-AU", "", "alba"),
        ("zh", "amy", "huayan"),
    ],
)
def test_the_voice_fits_language_and_wish(
    models: Path, language: str, voice: str, file: str
) -> None:
    Piper(models).synthesize("Hello.", language, voice)
    assert loaded() == [file]


@pytest.mark.parametrize("language", ["yue", "e", "", "../en", "xx_GB"])
def test_a_language_without_a_voice_is_refused(models: Path, language: str) -> None:
    assert not Piper(models).speaks(language)
    with pytest.raises(EngineFailed, match="no voice for language"):
        Piper(models).synthesize("Hello.", language)


def test_a_broken_voice_is_explained(models: Path) -> None:
    (models / "zh_CN-huayan-medium.onnx").write_bytes(b"")
    with pytest.raises(EngineFailed, match=r"zh_CN-huayan-medium.onnx cannot be loaded"):
        Piper(models).synthesize("你好", "zh")


def test_no_audio_and_late_audio_are_failures(models: Path) -> None:
    engine = Piper(models)
    with pytest.raises(EngineFailed, match="gave no audio"):
        engine.synthesize("nothing", "en")
    engine.limit_seconds = 0.0
    with pytest.raises(EngineLate):
        engine.synthesize("Hello.", "en")


def test_the_operator_is_told_what_is_missing(models: Path, tmp_path: Path) -> None:
    assert "no voice" in str(Piper(tmp_path / "nowhere").available())
    for description in models.glob("*.json"):
        description.unlink()
    assert "*.onnx with *.onnx.json" in str(Piper(models).available())


def test_without_the_package_the_operator_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert Piper(tmp_path).available() == "the Python package piper-tts is not installed"


def test_engines_are_made_by_name_in_the_order_given(tmp_path: Path) -> None:
    made = make_engines(tmp_path, ("espeak", "gtts", "piper"))
    assert [engine.name for engine in made] == ["espeak", "gtts", "piper"]
    assert [engine.name for engine in make_engines(tmp_path)] == list(ENGINES)
    with pytest.raises(ValueError, match='engine "festival" is unknown, expected one of piper'):
        make_engines(tmp_path, ("festival",))
