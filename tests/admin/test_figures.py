"""Who may see the box's figures."""

from pathlib import Path

import pytest
from flask import Flask

from admin.app import create_app
from admin.figures import figures_page
from tests.admin.panels import a_panel

HERE, ELSEWHERE = "127.0.0.1", "203.0.113.7"
TOKEN = "a long token of the tests"


def app(token: str = "", proxies: int = 0) -> Flask:
    page = figures_page(lambda: b"pressline_up 1.0\n", token)
    return create_app(a_panel(Path("nowhere"), proxies=proxies), page)


def status(app: Flask, come_from: str, host: str = "localhost:8080", **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()} | {"Host": host}
    answer = app.test_client().get(
        "/metrics", headers=named, environ_base={"REMOTE_ADDR": come_from}
    )
    return answer.status_code


def test_this_machine_sees_them_without_signing_in(store: None) -> None:
    answer = app().test_client().get("/metrics", headers={"Host": "127.0.0.1:8080"})
    assert answer.status_code == 200
    assert answer.text == "pressline_up 1.0\n"
    assert answer.content_type.startswith("text/plain")
    assert answer.headers["Cache-Control"] == "no-store"


def test_another_machine_does_not(store: None) -> None:
    assert status(app(), ELSEWHERE) == 403
    assert status(app(), ELSEWHERE, X_Forwarded_For=HERE) == 403


@pytest.mark.parametrize("header", ["X_Forwarded_For", "X_Real_IP", "Forwarded", "Via"])
def test_who_comes_through_a_web_server_of_this_machine_does_not(store: None, header: str) -> None:
    assert status(app(), HERE, **{header: HERE}) == 403
    assert status(app(proxies=1), HERE, **{header: HERE}) == 403


def test_a_page_elsewhere_that_calls_this_machine_by_its_own_name_does_not(store: None) -> None:
    assert status(app(), HERE, host="evil.example:8080") == 403


def test_whoever_sends_the_token_does(store: None) -> None:
    assert status(app(TOKEN), ELSEWHERE, Authorization=f"Bearer {TOKEN}") == 200
    assert status(app(TOKEN), ELSEWHERE, Authorization=f"bearer {TOKEN}") == 200


@pytest.mark.parametrize(
    "sent", ["Bearer", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", "Bearer é"]
)
def test_whoever_sends_another_does_not(store: None, sent: str) -> None:
    assert status(app(TOKEN), ELSEWHERE, Authorization=sent) == 403
    assert status(app(""), ELSEWHERE, Authorization=sent) == 403
