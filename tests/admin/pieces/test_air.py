"""What the review asks of the worker's side."""

from pathlib import Path

from appliance.panel_parts.air import WorkersAir
from appliance.settings import Settings
from tests.voicemail.sounds import speech, write_wav


def test_speech_between_two_marks_is_found_beside_the_loop(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "piece.wav", speech(3.0))
    sounds = WorkersAir(Settings(home=tmp_path)).sounds
    assert 0 < sounds.spoken(path, 0.5, 2.5) <= 2.0
    assert sounds.spoken(path, 0.0, 3.0) > sounds.spoken(path, 0.5, 2.5)
