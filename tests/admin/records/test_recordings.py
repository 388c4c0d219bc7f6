"""The paper's own recordings in the panel, and the settings."""

import io
from pathlib import Path

import numpy as np
import pytest
import soundfile
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr

from admin.access.roles import Role
from admin.app import LARGEST_REQUEST
from appliance.panel_parts.settings_shown import shown
from appliance.settings import Settings
from tests.admin.panels import signed_in
from tests.admin.records.doubles import FakeRecords
from tests.admin.records.nasty import NASTY

URL = "/records/prompts"


def tone(seconds: float = 1.0, form: str = "FLAC") -> io.BytesIO:
    at = np.arange(int(22_050 * seconds)) / 22_050
    into = io.BytesIO()
    soundfile.write(into, 0.3 * np.sin(2 * np.pi * 440 * at), 22_050, format=form)
    into.seek(0)
    return into


def keep(client: FlaskClient, name: str, sound: io.BytesIO, language: str = "") -> str:
    data = {"name": name, "language": language, "sound": (sound, "../../../evil.sh")}
    return client.post(f"{URL}/keep", data=data, follow_redirects=True).text


def change(client: FlaskClient, act: str, name: str) -> str:
    data = {"name": name, "language": "", "act": act}
    return client.post(f"{URL}/change", data=data, follow_redirects=True).text


def seconds(path: Path) -> float:
    return round(soundfile.info(str(path)).duration, 1)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "own-prompts"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("form", ["WAV", "FLAC", "OGG", "MP3"])
def test_a_sound_of_any_format_is_kept_and_can_be_heard(
    client: FlaskClient, shelf: Path, form: str
) -> None:
    keep(client, "welcome", tone(form=form), "en")
    assert soundfile.info(str(shelf / "welcome.en.wav")).subtype == "PCM_16"
    heard = client.get(f"{URL}/sound?name=welcome&language=en")
    assert heard.status_code == 200
    assert heard.data[:4] == b"RIFF"


def test_what_is_replaced_can_be_brought_back(client: FlaskClient, shelf: Path) -> None:
    keep(client, "jingle", tone(1))
    keep(client, "jingle", tone(2))
    assert seconds(shelf / "jingle.wav") == 2.0
    change(client, "back", "jingle")
    assert seconds(shelf / "jingle.wav") == 1.0
    change(client, "back", "jingle")
    assert seconds(shelf / "jingle.wav") == 2.0


def test_a_recording_that_is_played_is_not_removed(
    client: FlaskClient, shelf: Path, box: FakeRecords
) -> None:
    keep(client, "jingle", tone())
    box.recordings["jingle"] = ["main"]
    assert "flow main" in change(client, "remove", "jingle")
    assert (shelf / "jingle.wav").exists()
    box.recordings.clear()
    change(client, "remove", "jingle")
    assert not (shelf / "jingle.wav").exists()


def test_a_recording_that_a_flow_misses_is_told(
    client: FlaskClient, shelf: Path, box: FakeRecords
) -> None:
    box.recordings["welcome"] = ["main"]
    assert "“welcome” is missing" in client.get(f"{URL}/").text


@pytest.mark.parametrize(
    "content", [b"", b"no sound", b"PK\x03\x04" * 99, b"RIFF\xff\xff\xff\xffWAVEfmt ", b"\x7fELF"]
)
def test_what_is_no_sound_is_refused(client: FlaskClient, shelf: Path, content: bytes) -> None:
    assert "Nothing was changed" in keep(client, "welcome", io.BytesIO(content))
    assert list(shelf.iterdir()) == []


def test_names_never_lead_out_of_the_folder(
    client: FlaskClient, shelf: Path, tmp_path: Path
) -> None:
    before = set(tmp_path.iterdir())
    for name in ("../evil", "/etc/evil", "a/b", "a.b", "..", "con:", *NASTY.values()):
        if name == "nan":  # a good name
            continue
        assert "Nothing was changed" in keep(client, name, tone())
        assert "Nothing was changed" in change(client, "back", name)
        given = {"name": name, "language": name}
        assert client.get(f"{URL}/sound", query_string=given).status_code == 404
    assert list(shelf.iterdir()) == []
    assert set(tmp_path.iterdir()) == before


def test_an_upload_that_is_far_too_large_is_refused_unread(client: FlaskClient) -> None:
    claimed = {"CONTENT_LENGTH": "500000000", "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    answer = client.post(f"{URL}/keep", environ_overrides=claimed)
    assert answer.status_code == 413
    assert LARGEST_REQUEST < 500_000_000


def test_who_may_only_look_changes_no_recording(app: Flask, shelf: Path) -> None:
    reader = signed_in(app, Role.READ_ONLY)
    assert reader.get(f"{URL}/").status_code == 200
    for act in ("keep", "change"):
        assert reader.post(f"{URL}/{act}").status_code == 403


def test_settings_show_where_they_are_set_and_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pressline.toml").write_text('paper_name = "The Daily"\n')
    monkeypatch.setenv("PRESSLINE_COUNTRY", "DE")
    settings = Settings(
        home=tmp_path,
        paper_name="The Daily",
        country="DE",
        esl_password=SecretStr("hush"),
        database="postgresql://box:hush@db.example/box",
    )
    by_name = {one.name: one for one in shown(settings)}
    assert (by_name["paper_name"].set_in, by_name["country"].set_in) == ("file", "environment")
    assert by_name["esl_password"].secret
    assert "hush" not in str(by_name)


def test_settings_are_for_administrators(app: Flask, box: FakeRecords) -> None:
    assert signed_in(app).get("/settings/").status_code == 200
    assert signed_in(app, Role.EDITOR).get("/settings/").status_code == 403
