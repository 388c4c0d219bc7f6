"""The session's cookie: new at each step, worth nothing once it is over."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin.access import sessions
from admin.access.roles import Role
from admin.app import create_app
from admin.panel import Panel
from store.fields import now
from store.models import PanelSession
from tests.admin.panels import without_csrf
from tests.admin.signin.person import PASSWORD, Clock, Person, member


def cookie(person: Person) -> str:
    found = person.client.get_cookie("pressline")
    assert found
    return found.value


def replayed(app: Flask, value: str) -> FlaskClient:
    client = app.test_client()
    client.set_cookie("pressline", value)
    return client


def test_a_cookie_replayed_after_signing_out_opens_nothing(app: Flask) -> None:
    member()
    person = Person(app)
    person.sign_in()
    kept = cookie(person)
    assert replayed(app, kept).get("/").status_code == 200
    person.post("/sign-out")
    assert replayed(app, kept).get("/").status_code == 302


def test_a_cookie_planted_before_the_sign_in_opens_nothing_afterwards(app: Flask) -> None:
    member("mallory", password="the one of mallory")
    member()
    attacker, victim = Person(app), Person(app)
    attacker.sign_in("mallory", "the one of mallory")
    planted = cookie(attacker)
    victim.client.set_cookie("pressline", planted)
    victim.post("/sign-out")
    victim.sign_in()
    assert replayed(app, planted).get("/").status_code == 302
    assert victim.opens()


def test_the_cookie_of_halfway_opens_nothing_after_the_code(app: Flask, clock: Clock) -> None:
    member(role=Role.ADMINISTRATOR)
    person = Person(app)
    person.sign_in()
    halfway = cookie(person)
    person.post("/sign-in/second-factor", code=clock.code(person.secret()))
    assert person.opens()
    assert replayed(app, halfway).get("/").headers["Location"].startswith("/sign-in?")


def test_a_session_ends_by_itself(app: Flask) -> None:
    member()
    person = Person(app)
    person.sign_in()
    PanelSession.update(ends_at=now() - timedelta(seconds=1)).execute()
    assert not person.opens()
    person.sign_in()
    assert PanelSession.select().count() == 1


def test_a_halfway_session_ends_soon(app: Flask) -> None:
    member(role=Role.ADMINISTRATOR)
    Person(app).sign_in()
    assert PanelSession.get().ends_at < now() + sessions.HALFWAY + timedelta(seconds=1)


@pytest.mark.parametrize("value", ["", "x", "a.b.c", "x" * 4000, "eyJ0b2tlbiI6IngifQ.x.y"])
def test_a_cookie_that_is_made_up_opens_nothing(app: Flask, value: str) -> None:
    assert replayed(app, value).get("/").status_code == 302


def test_a_disabled_user_is_out_at_once(app: Flask) -> None:
    user = member()
    person = Person(app)
    person.sign_in()
    user.active = False
    user.save()
    assert not person.opens()


def test_over_https_the_cookie_is_bound_to_this_host(panel: Panel) -> None:
    member()
    app = without_csrf(replace(panel, secure=True))
    answer = app.test_client().post(
        "https://localhost/sign-in", data={"name": "anna", "password": PASSWORD}
    )
    told = answer.headers["Set-Cookie"]
    assert told.startswith("__Host-pressline=")
    for word in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert word in told
    assert "Domain" not in told


def test_who_asks_is_believed_of_a_proxy_only_where_there_is_one(panel: Panel) -> None:
    member()
    for proxies, address in ((0, "127.0.0.1"), (1, "203.0.113.5")):
        PanelSession.delete().execute()
        without_csrf(replace(panel, proxies=proxies)).test_client().post(
            "/sign-in",
            data={"name": "anna", "password": PASSWORD},
            headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.5"},
        )
        assert PanelSession.get().address == address


def test_a_form_without_a_token_is_refused(panel: Panel) -> None:
    member()
    client = create_app(panel).test_client()
    for fields in ({}, {"csrf_token": "x"}, {"csrf_token": "x" * 10_000}):
        answer = client.post("/sign-in", data={"name": "anna", "password": PASSWORD, **fields})
        assert answer.status_code == 400
    assert PanelSession.select().count() == 0
