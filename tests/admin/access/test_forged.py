"""Requests that the panel's own pages did not send; and what every answer carries."""

import pytest
from flask import Flask

from admin.access.guard import Open
from store.models import PanelUser
from tests.admin.access.places import places
from tests.admin.panels import signed_in, user

ELSEWHERE = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
)


def test_nothing_that_changes_is_done_without_a_token(guarded: Flask) -> None:
    client = signed_in(guarded, user(name="boss"))
    done = [
        place.page.rule
        for place in places(guarded, "POST")
        if client.post(place.path).status_code != 400
    ]
    assert done == []


def test_the_token_of_another_session_is_refused(guarded: Flask) -> None:
    token = _token(guarded)
    client = signed_in(guarded, user(name="boss"))
    for given in ({"data": {"csrf_token": token}}, {"headers": {"X-CSRFToken": token}, "json": {}}):
        assert client.post("/account/", **given).status_code == 400  # type: ignore[arg-type]


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_a_page_of_another_site_is_refused_whatever_it_sends(
    app: Flask, headers: dict[str, str]
) -> None:
    client = signed_in(app, user(name="boss"))
    done = [
        place.page.rule
        for place in places(app, "POST")
        if client.post(place.path, headers=headers).status_code != 403
    ]
    assert done == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://localhost"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
    ids=str,
)
def test_the_panels_own_pages_are_not(app: Flask, headers: dict[str, str]) -> None:
    client = signed_in(app, user(name="boss"))
    data = {"title": "A", "mail": "", "language": ""}
    assert client.post("/account/", data=data, headers=headers).status_code == 302


def test_every_answer_has_a_strict_policy(app: Flask) -> None:
    client = signed_in(app, user(name="boss"))
    wrong = []
    for place in places(app, "GET"):
        answer = client.get(place.path, buffered=False)
        policy = answer.headers.get("Content-Security-Policy", "")
        sniffs = answer.headers.get("X-Content-Type-Options") != "nosniff"
        if "default-src 'none'" not in policy or "'unsafe" in policy or sniffs:
            wrong.append(place.page.rule)
        answer.close()
    assert wrong == []


def test_no_secret_of_a_user_is_on_any_page(app: Flask) -> None:
    secrets = {"password_hash": "$argon2id$v=19$secret", "totp_secret": "JBSWY3DPEHPK3PXPJBSW"}
    person = user("editor", "anna")
    PanelUser.update(**secrets).where(PanelUser.id == person.id).execute()
    client = signed_in(app, user(name="boss"))
    shown = []
    for place in places(app, "GET"):
        path = place.path.replace("77", str(person.id))
        if place.page.need == Open.EVERYBODY or path.startswith("/live"):
            continue
        text = client.get(path).text if not path.endswith(".wav") else ""
        shown += [path for secret in secrets.values() if secret in text]
    assert shown == []


def _token(app: Flask) -> str:
    page = app.test_client().get("/sign-in").text
    return page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
