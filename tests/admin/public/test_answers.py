"""The experts' published answers, for everybody."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

SOUND = bytes(range(256)) * 8


@pytest.fixture
def reader(app: Flask, tmp_path: Path) -> FlaskClient:
    """Somebody who is not signed in, after an export."""
    line = tmp_path / "public" / "experts" / "science"
    line.mkdir(parents=True)
    (line.parent / "index.html").write_text("<h1>All lines</h1>")
    (line.parent / ".hidden").write_text("ours")
    (line / "index.html").write_text("<h1>Ask science</h1>")
    (line / "feed.xml").write_text("<rss/>")
    (line / "bees-1a2b.mp3").write_bytes(SOUND)
    (tmp_path / "secrets.toml").write_text("panel = 'secret'")
    return app.test_client()


def test_a_reader_finds_lines_answers_and_sound_without_a_sign_in(reader: FlaskClient) -> None:
    assert "All lines" in reader.get("/experts/").text
    assert "Ask science" in reader.get("/experts/science/").text
    assert reader.get("/experts/science/feed.xml").mimetype == "application/rss+xml"
    assert reader.get("/experts/science/bees-1a2b.mp3").data == SOUND


def test_an_address_without_its_slash_leads_on(reader: FlaskClient) -> None:
    for short in ("/experts", "/experts/science"):
        answer = reader.get(short, follow_redirects=True)
        assert (answer.status_code, answer.request.path) == (200, f"{short}/")


def test_a_player_jumps_within_the_sound(reader: FlaskClient) -> None:
    answer = reader.get("/experts/science/bees-1a2b.mp3", headers={"Range": "bytes=256-511"})
    assert (answer.status_code, answer.data) == (206, SOUND[256:512])


def test_what_has_not_changed_is_not_sent_again(reader: FlaskClient) -> None:
    first = reader.get("/experts/science/")
    again = reader.get("/experts/science/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert "public" in first.headers["Cache-Control"]
    assert "max-age=60" in first.headers["Cache-Control"]


def test_pages_run_no_script_and_set_no_cookie(reader: FlaskClient) -> None:
    answer = reader.get("/experts/")
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize(
    "odd",
    [
        "../../secrets.toml", "..%2f..%2fsecrets.toml", "%2e%2e/%2e%2e/secrets.toml", ".hidden",
        "science/../../../secrets.toml", "/etc/passwd", "science/%00.html", "%00", "none.html",
        "science/index.html/", "a" * 3000, "%ff%fe", "science%5c..%5c..%5csecrets.toml", "💐",
    ],
)  # fmt: skip
def test_nothing_but_what_is_published_is_given_out(reader: FlaskClient, odd: str) -> None:
    answer = reader.get(f"/experts/{odd}", follow_redirects=True)
    assert answer.status_code == 404
    assert "Not here any more" in answer.text
    assert "script-src" not in answer.headers["Content-Security-Policy"]


def test_before_the_first_answer_there_is_a_plain_page(app: Flask) -> None:
    answer = app.test_client().get("/experts/")
    assert answer.status_code == 404
    assert "Not here any more" in answer.text
