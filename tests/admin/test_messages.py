"""The page behind a signed link."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from admin.app import create_app
from admin.messages import SharedMessages, message_pages
from store.database import connect, disconnect
from store.migrate import migrate
from store.models import Message
from tests.admin.panels import a_panel
from tests.voicemail.left import heard, leave, mailbox
from voicemail.links import Links

LINKS = Links("secret", "https://desk.example", 30)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The voicemail folder, with an open store beside it."""
    return tmp_path / "voicemail"


@pytest.fixture
def client(tmp_path: Path, folder: Path) -> Iterator[FlaskClient]:
    connect(tmp_path / "pressline.db")
    migrate()
    shared = SharedMessages(LINKS, folder, ZoneInfo("Asia/Hong_Kong"))
    yield create_app(a_panel(tmp_path), message_pages(shared)).test_client()
    disconnect()


def opened(client: FlaskClient, message: Message | str, more: str = "") -> TestResponse:
    id = message if isinstance(message, str) else message.id
    return client.get(f"/messages/{LINKS.token(id)}{more}")


def test_the_page_tells_and_plays_a_message(client: FlaskClient, folder: Path) -> None:
    message = leave(mailbox(), folder)
    heard(message, ("the", 1.0), ("road", 0.3))
    answer = opened(client, message)
    assert answer.status_code == 200
    assert "New message from Ann Reader for News desk" in answer.text
    assert "Sunday, November 22, 2026, 6:30" in answer.text
    assert '<a href="tel:+4930123456">' in answer.text
    assert "road</u>" in answer.text
    assert f'src="/messages/{LINKS.token(message.id)[:10]}' in answer.text


def test_the_page_runs_no_script_and_is_kept_nowhere(client: FlaskClient, folder: Path) -> None:
    answer = opened(client, leave(mailbox(), folder))
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert "<script" not in answer.text
    assert "style=" not in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert client.get("/static/message.css").status_code == 200


def test_the_audio_is_the_recording(client: FlaskClient, folder: Path) -> None:
    message = leave(mailbox(), folder)
    answer = opened(client, message, "/audio")
    assert answer.mimetype == "audio/wav"
    assert answer.data == (folder / message.path).read_bytes()
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=100-199", slice(100, 200)),
        ("bytes=100-", slice(100, None)),
        ("bytes=-5", slice(-5, None)),
    ],
)
def test_a_browser_can_jump_within_the_audio(
    client: FlaskClient, folder: Path, asked: str, part: slice
) -> None:
    message = leave(mailbox(), folder)
    url = f"/messages/{LINKS.token(message.id)}/audio"
    answer = client.get(url, headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.data == (folder / message.path).read_bytes()[part]


def test_a_part_beyond_the_end_is_refused(client: FlaskClient, folder: Path) -> None:
    url = f"/messages/{LINKS.token(leave(mailbox(), folder).id)}/audio"
    assert client.get(url, headers={"Range": "bytes=9999999-"}).status_code == 416


def test_a_comment_is_heard_too(client: FlaskClient, folder: Path) -> None:
    message = leave(mailbox(), folder)
    assert opened(client, message, "/comment").status_code == 404
    Message.update(comment_path=message.path).execute()
    assert opened(client, message, "/comment").status_code == 200
    assert "/comment" in opened(client, message).text


def test_hostile_names_are_only_shown(client: FlaskClient, folder: Path) -> None:
    name = '"><script>alert(1)</script>'
    answer = opened(client, leave(mailbox(), folder, name=name, number="1' onload=x"))
    assert "<script" not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert 'href="tel:' not in answer.text


def test_a_recording_that_is_gone_is_said_to_be(client: FlaskClient, folder: Path) -> None:
    message = leave(mailbox(), folder, sound="")
    assert "not there any more" in opened(client, message).text
    assert opened(client, message, "/audio").status_code == 404


def test_whatever_is_no_good_link_gets_the_same_answer(client: FlaskClient, folder: Path) -> None:
    message, deleted = leave(mailbox(), folder), leave(mailbox(), folder)
    Message.update(state="deleted").where(Message.id == deleted.id).execute()
    bad = [
        "x",
        LINKS.token("nobody"),
        LINKS.token(deleted.id),
        LINKS.token(message.id) + "x",
        Links("other", "").token(message.id),
        "%00",
        "%F0%9F%98%80" * 2_000,
    ]
    answers = [client.get(f"/messages/{token}{more}") for token in bad for more in ("", "/audio")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1
    ours = {"Date", "X-Request-Id"}  # of each answer its own
    headers = {tuple(sorted((k, v) for k, v in a.headers if k not in ours)) for a in answers}
    assert len(headers) == 1


def test_a_link_ends_with_its_days(tmp_path: Path, client: FlaskClient, folder: Path) -> None:
    message = leave(mailbox(), folder)
    over = SharedMessages(Links("secret", "", -1), folder, ZoneInfo("UTC"))
    late = create_app(a_panel(Path("nowhere")), message_pages(over)).test_client()
    assert late.get(f"/messages/{LINKS.token(message.id)}").status_code == 404
    assert opened(client, message).status_code == 200


def test_to_look_changes_nothing(client: FlaskClient, folder: Path) -> None:
    message = leave(mailbox(), folder)
    opened(client, message)
    opened(client, message, "/audio")
    now = Message.get_by_id(message.id)
    assert (now.state, now.heard_at, now.changed_at) == ("new", None, message.changed_at)


def test_a_store_that_is_away_is_said_to_be(client: FlaskClient, folder: Path) -> None:
    message = leave(mailbox(), folder)
    Message._meta.database.execute_sql("ALTER TABLE message RENAME TO message_away")
    answer = opened(client, message)
    assert answer.status_code == 503
    assert "try again" in answer.text
