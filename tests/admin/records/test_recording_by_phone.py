"""Recording by phone: the box calls, the take is heard and kept."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from flask import Flask
from flask.testing import FlaskClient

from admin.access.roles import Role
from admin.panel import Panel
from store.fields import now
from store.models import Call, Recording
from tests.admin.panels import Asked, signed_in

URL = "/records/prompts"
WISH = {"to": "200", "name": "welcome", "language": "en"}
HOW = {"state": "recorded", "reason": "", "over": True, "call_id": "take-1"}


@pytest.fixture
def callbox(panel: Panel) -> Asked:
    asked = panel.ask
    assert isinstance(asked, Asked)
    asked.answers = {"recordings.call": {"call": "17"}, "recordings.how": HOW}
    return asked


def recorded(home: Path, flow: str = "pressline-record-prompt") -> None:
    folder = home / "recordings"
    folder.mkdir()
    soundfile.write(folder / "take-1-1.wav", 0.2 * np.sin(np.arange(16_000) / 9), 8_000)
    call = Call.create(uuid="take-1", flow=flow, started_at=now(), state="ended")
    Recording.create(path="take-1-1.wav", call=call, seconds=2.0, sha256="-")


def test_the_box_is_asked_to_call_and_the_take_is_kept(
    client: FlaskClient, callbox: Asked, tmp_path: Path
) -> None:
    recorded(tmp_path)
    page = client.post(f"{URL}/phone", data=WISH, follow_redirects=True).text
    assert callbox.questions[0] == ("recordings.call", {"to": "200", "asked_by": "administrator"})
    assert "Here is your recording." in page
    assert client.get(f"{URL}/take?call=take-1").data[:4] == b"RIFF"
    kept = {"call": "take-1", "name": "welcome", "language": "en"}
    client.post(f"{URL}/take", data=kept)
    assert (tmp_path / "own-prompts" / "welcome.en.wav").is_file()


def test_the_page_waits_while_somebody_speaks(client: FlaskClient, callbox: Asked) -> None:
    callbox.answers["recordings.how"] = {**HOW, "state": "speaking", "over": False}
    page = client.get(f"{URL}/phone?call=17").text
    assert 'http-equiv="refresh"' in page
    assert "Please speak on the phone" in page


def test_a_call_that_nobody_took_is_told(client: FlaskClient, callbox: Asked) -> None:
    callbox.answers["recordings.how"] = {**HOW, "state": "no_answer", "call_id": ""}
    page = client.get(f"{URL}/phone?call=17").text
    assert "Nobody picked up." in page
    assert 'http-equiv="refresh"' not in page


def test_no_recording_of_another_flow_is_heard_or_kept(
    client: FlaskClient, callbox: Asked, tmp_path: Path
) -> None:
    recorded(tmp_path, flow="main")
    for call in ("take-1", "x" * 9_000, "\x00", "../../etc/passwd"):
        assert client.get(f"{URL}/take", query_string={"call": call}).status_code == 404
        assert client.post(f"{URL}/take", data={"call": call, "name": "x"}).status_code == 404


def test_nobody_outside_is_called(client: FlaskClient, callbox: Asked) -> None:
    assert client.post(f"{URL}/phone", data={**WISH, "to": "0900123456"}).status_code == 400
    assert callbox.questions == []


def test_a_box_that_is_away_is_told(client: FlaskClient, callbox: Asked) -> None:
    callbox.away = True
    answer = client.post(f"{URL}/phone", data=WISH)
    assert answer.status_code == 409
    assert "does not answer" in answer.text


def test_who_may_only_look_has_nobody_called(app: Flask, callbox: Asked) -> None:
    reader = signed_in(app, Role.READ_ONLY)
    assert reader.post(f"{URL}/phone", data=WISH).status_code == 403
    assert reader.get(f"{URL}/take?call=take-1").status_code == 403
