"""The door before every page, and what every page carries."""

from flask import Flask

from tests.admin.panels import signed_in


def test_whoever_is_not_signed_in_is_sent_to_the_sign_in(app: Flask) -> None:
    answer = app.test_client().get("/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in?next=")


def test_the_overview_opens_for_somebody_signed_in(app: Flask) -> None:
    answer = signed_in(app).get("/")
    assert answer.status_code == 200
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_a_page_that_names_no_need_is_closed_to_everybody(app: Flask) -> None:
    app.add_url_rule("/forgotten", view_func=lambda: "open")
    assert signed_in(app).get("/forgotten").status_code == 403


def test_the_panel_speaks_chinese(app: Flask) -> None:
    answer = signed_in(app).get("/", headers={"Accept-Language": "zh-CN"})
    assert 'lang="zh-Hans"' in answer.text
    assert "跳到内容" in answer.text
