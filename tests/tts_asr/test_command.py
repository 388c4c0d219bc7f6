"""`python -m tts_asr`, for trying a text."""

from pathlib import Path

import pytest
import soundfile
from click.testing import CliRunner

from tts_asr.__main__ import main


def test_a_text_becomes_a_file_for_the_telephone(tmp_path: Path) -> None:
    out = tmp_path / "x.wav"
    done = CliRunner().invoke(main, ["早上好。", "--language", "zh", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "at 8000 Hz" in done.output
    assert soundfile.info(out).duration > 0.5


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["hello", "--language", "xx"], "espeak: no voice for language 'xx'"),
        ([""], "there is nothing to say"),
        (["a" * 5_001], "expected at most 5000"),
        (["hello", "--out", "/dev/null/x.wav"], "cannot write into /dev/null"),
        (["hello", "--engine", "piper", "--models", "/nowhere"], "piper: "),
        (["hello", "--engine", "festival"], "Invalid value for '--engine'"),
    ],
)
def test_what_goes_wrong_is_told_in_one_line(
    arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code != 0
    assert told in done.output
    assert "Traceback" not in done.output
    assert list(tmp_path.iterdir()) == []
