"""`/live`: what a browser that follows is sent."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin.access import sessions
from admin.access.roles import Role
from admin.live import page
from admin.panel import Panel
from store.models import PanelUser
from tests.admin.panels import signed_in, user


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "HEARTBEAT", 0.0)


def stream(client: FlaskClient, topics: str) -> Iterator[bytes]:
    answer = client.get(f"/live?topics={topics}", buffered=False)
    assert answer.status_code == 200
    assert answer.mimetype == "text/event-stream"
    assert "Content-Encoding" not in answer.headers
    news = answer.iter_encoded()
    assert next(news) == page.BEGIN
    return news


def test_a_page_is_told_and_a_quiet_line_kept_alive(app: Flask, panel: Panel) -> None:
    news = stream(signed_in(app), "calls")
    assert next(news) == page.BEAT
    panel.live.tell("calls", {"count": 1})
    assert next(news) == b'event: calls\ndata: {"count": 1}\n\n'


def test_a_browser_that_compresses_is_sent_news_at_once(app: Flask, panel: Panel) -> None:
    client = signed_in(app)
    client.environ_base["HTTP_ACCEPT_ENCODING"] = "gzip, br, zstd"
    assert next(stream(client, "calls")) == page.BEAT


def test_topics_that_one_may_not_see_are_left_out(app: Flask, panel: Panel) -> None:
    news = stream(signed_in(app, Role.SEAT), "calls,messages,nonsense")
    next(news)
    assert panel.live.followed == {"messages"}


def test_nothing_to_follow_is_said_so_that_the_browser_does_not_come_again(app: Flask) -> None:
    assert signed_in(app, Role.SEAT).get("/live?topics=calls").status_code == 204
    assert signed_in(app).get("/live").status_code == 204
    assert signed_in(app).get("/live?topics=" + "%F0%9F%98%80" * 9000).status_code == 204


def test_nobody_follows_without_a_sign_in(app: Flask) -> None:
    assert app.test_client().get("/live?topics=calls").status_code == 302


def test_a_revoked_sign_in_ends_the_news(app: Flask, panel: Panel) -> None:
    ann = user(Role.EDITOR)
    news = stream(signed_in(app, ann), "calls")
    next(news)
    sessions.end_all(ann)
    assert list(news) == []
    assert panel.live.followed == frozenset()


def test_a_role_that_sees_less_ends_the_news(app: Flask, panel: Panel) -> None:
    ann = user(Role.EDITOR)
    news = stream(signed_in(app, ann), "calls")
    next(news)
    PanelUser.update(role=Role.SEAT).execute()
    assert list(news) == []


def test_one_page_too_many_is_sent_away_to_come_again(
    app: Flask, panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("admin.live.live.MOST_OF_ONE", 1)
    client = signed_in(app)
    first = stream(client, "calls")
    next(first)
    assert list(stream(client, "calls")) == []
    assert next(first) == page.BEAT
