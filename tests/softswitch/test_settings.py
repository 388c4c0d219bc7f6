"""The configuration file: what it gives, and how its mistakes are told."""

from pathlib import Path

import pytest

from softswitch.errors import SettingsError
from softswitch.settings import read_settings

LAB = Path(__file__).parent / "lab.toml"
MISTAKES = {
    "[sip]\nport = 'x'": "[sip] port = 'x', expected int",
    "[sip]\nport = 70000": "expected 0 to 65535",
    "[sip]\ncolour = 1": "[sip] colour is unknown",
    "[radio]\n": "[radio] is unknown",
    "sip = 3": "[sip] is no table",
    "[event_socket]\n": "password is missing",
    "max_sessions = 0": "max_sessions = 0",
    "[[extension]]\nmatch = '('\nactions = []": "is no pattern",
    "[[extension]]\nactions = []": "'match' is missing",
    "[[extension]]\nmatch = '1'\ncaller = '['\nactions = []": "caller = '[' is no pattern",
    "[[extension]]\nmatch = '1'\nactions = [['a', 'b', 'c']]": "actions must be pairs",
    "[sip": "cannot be read",
}


def test_the_example_is_read_whole() -> None:
    settings = read_settings(LAB)
    assert settings.sip.users == {"200": "secret"}
    assert settings.event_socket.password == "ClueCon"
    assert settings.media.last_port == 29998


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str) -> None:
    file = tmp_path / "switch.toml"
    file.write_text(text)
    with pytest.raises(SettingsError) as caught:
        read_settings(file)
    assert MISTAKES[text] in str(caught.value)
    assert str(file) in str(caught.value)


def test_a_missing_file_is_told() -> None:
    with pytest.raises(SettingsError, match="no such file"):
        read_settings(Path("/nonexistent/switch.toml"))
