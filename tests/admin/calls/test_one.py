"""The page of one call, its recordings, and what follows it while it goes on."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from admin.access.roles import Role
from admin.panel import Panel
from store import quality
from store.models import Callback, CallStep, DialAttempt, Recording
from store.models.line import CostClass
from store.quality_jobs import CallMeasured
from tests.admin.calls.rows import AT, a_call
from tests.admin.panels import Asked, a_panel, signed_in, without_csrf


def a_recording(home: Path, call: str = "one", path: str = "2026/one.wav") -> Recording:
    file = home / "recordings" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"RIFF" + bytes(1000))
    return Recording.create(path=path, call=call, seconds=3.0, sha256="-")


def test_a_call_tells_its_whole_story(app: Flask) -> None:
    a_call(tags=["scoop"])
    text = signed_in(app).get("/calls/one").text
    for part in (
        "+4930123456",
        "Ann Reader",
        "main, version 3",
        "scoop",
        "step1",
        "said 1",
        "1:10",
    ):
        assert part in text
    assert text.count("<rect") == 2


def test_a_call_that_is_not_there(app: Flask) -> None:
    client = signed_in(app)
    for id in ("none", "%00", "x" * 500, "%F0%9F%98%80", "..%2f..%2fetc"):
        assert client.get(f"/calls/{id}").status_code == 404
        assert client.get(f"/calls/{id}/now").status_code == 404


def test_a_call_whose_flow_failed_says_so(app: Flask) -> None:
    a_call(state="failed")
    assert "the caller heard an excuse" in signed_in(app).get("/calls/one").text


def test_what_was_dialled_and_is_owed_is_told(app: Flask) -> None:
    a_call()
    DialAttempt.create(
        number="+49900", cost_class=CostClass.PREMIUM, door="dial", call="one", state="refused",
        reason="too dear",
    )  # fmt: skip
    Callback.create(number="+4930", flow="main", call="one", until=AT, next_at=AT)
    text = signed_in(app).get("/calls/one").text
    assert "too dear" in text
    assert "Call-backs asked for" in text


def test_a_recording_is_heard_and_one_can_jump_in_it(app: Flask, tmp_path: Path) -> None:
    a_call()
    row = a_recording(tmp_path)
    client = signed_in(app)
    assert f'src="/calls/one/recordings/{row.id}"' in client.get("/calls/one").text
    url = f"/calls/one/recordings/{row.id}"
    assert client.get(url).data.startswith(b"RIFF")
    part = client.get(url, headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.data) == (206, b"RIFF")


@pytest.mark.parametrize(
    "path", ["../secrets.toml", "/etc/passwd", "2026/../../secrets.toml", "2026"]
)
def test_no_recording_leads_out_of_its_folder(app: Flask, tmp_path: Path, path: str) -> None:
    (tmp_path / "secrets.toml").write_text("secret")
    (tmp_path / "recordings" / "2026").mkdir(parents=True)
    a_call()
    row = Recording.create(path=path, call="one", seconds=3.0, sha256="-")
    client = signed_in(app)
    assert client.get(f"/calls/one/recordings/{row.id}").status_code == 404
    assert "The file is not there any more." in client.get("/calls/one").text


def test_a_recording_is_found_only_at_its_own_call(app: Flask, tmp_path: Path) -> None:
    a_call("one")
    a_call("other")
    row = a_recording(tmp_path)
    client = signed_in(app)
    assert client.get(f"/calls/other/recordings/{row.id}").status_code == 404
    assert client.get("/calls/one/recordings/99999999999999999999").status_code == 404


def test_who_may_not_hear_recordings_is_not_even_shown_them(app: Flask, tmp_path: Path) -> None:
    a_call()
    row = a_recording(tmp_path)
    client = signed_in(app, Role.READ_ONLY)
    assert "/recordings/" not in client.get("/calls/one").text
    assert client.get(f"/calls/one/recordings/{row.id}").status_code == 403


def told(step: str = "second") -> dict[str, object]:
    first = {"flow": "main", "step": "first", "verb": "say", "started": AT.timestamp(),
             "seconds": 2.0, "event": "done", "detail": "said <b>", "error": ""}  # fmt: skip
    return {"flow": "main", "step": step, "verb": "menu", "started": AT.timestamp(),
            "steps": 1, "trace": [first]}  # fmt: skip


def test_a_live_call_shows_what_the_callbox_tells(store: None, tmp_path: Path) -> None:
    a_call(state="open")
    app = without_csrf(a_panel(tmp_path, ask=Asked({"calls.trace": told()})))
    client = signed_in(app)
    text = client.get("/calls/one").text
    assert "now in step second" in text
    now = client.get("/calls/one/now").json
    assert now["live"] is True
    assert "first" in now["html"]
    assert "going on" in now["html"]
    assert "said &lt;b&gt;" in now["html"]


def test_a_live_call_is_shown_while_the_callbox_is_away(store: None, tmp_path: Path) -> None:
    a_call(state="open")
    app = without_csrf(a_panel(tmp_path, ask=Asked(away=True)))
    client = signed_in(app)
    assert "The call is going on." in client.get("/calls/one").text
    assert client.get("/calls/one/now").json["live"] is False


def test_an_ended_call_asks_nobody(panel: Panel, app: Flask) -> None:
    a_call()
    signed_in(app).get("/calls/one")
    assert isinstance(panel.ask, Asked)
    assert panel.ask.questions == []


def test_steps_that_took_no_time_and_clocks_that_jumped_are_drawn(app: Flask) -> None:
    a_call(steps=0)
    for position, seconds in enumerate((0.0, 1e9, -5.0)):
        CallStep.create(
            call="one", position=position, flow="main", step="s", verb="say",
            started_at=AT - timedelta(hours=1), seconds=seconds,
        )  # fmt: skip
    assert signed_in(app).get("/calls/one").text.count("<rect") == 3


def test_a_call_tells_how_well_the_caller_was_heard(app: Flask) -> None:
    a_call()
    assert "Sound" not in signed_in(app).get("/calls/one").text
    quality.measured([CallMeasured("one", 500, 0.04, 0.012, 60.0)])
    text = signed_in(app).get("/calls/one").text
    assert "4 % lost, uneven by 12 ms" in text
    assert "Hard to understand" in text


def test_a_caller_who_was_not_heard_at_all_is_told(app: Flask) -> None:
    a_call()
    quality.measured([CallMeasured("one", 0, 0.0, 0.0, 60.0)])
    assert "Nothing was heard of the caller." in signed_in(app).get("/calls/one").text
