"""The page of the phone in the browser, and the passes that it is given."""

import pytest
from flask import Flask

from admin.access.roles import GRANTS, Permission, Role
from admin.app import create_app
from admin.panel import Panel
from store.models import Person, PersonNumber
from store.models.line import NumberKind
from tests.admin.browser_phone.doubles import Phones
from tests.admin.panels import Asked, a_panel, signed_in, user, without_csrf


@pytest.fixture
def phones() -> Phones:
    return Phones()


@pytest.fixture
def app(panel: Panel, phones: Phones) -> Flask:
    return without_csrf(a_panel(panel.home, phones=phones))


def test_the_page_may_connect_to_the_phones_address_and_no_other_page_may(app: Flask) -> None:
    client = signed_in(app)
    policy = client.get("/phone/").headers["Content-Security-Policy"]
    assert "connect-src 'self' ws://127.0.0.1:8082;" in policy
    assert "connect-src 'self';" in client.get("/").headers["Content-Security-Policy"]


def test_no_pass_stands_in_the_page(app: Flask, phones: Phones) -> None:
    assert b"a secret" not in signed_in(app).get("/phone/").data
    assert phones.given == []


def test_a_pass_is_made_for_whoever_is_signed_in(app: Flask, phones: Phones) -> None:
    anna = user(Role.SEAT, "anna")
    answer = signed_in(app, anna).post("/phone/pass")
    assert answer.json == {"user": "a user", "secret": "a secret", "seconds": 600}
    assert answer.headers["Cache-Control"] == "no-store"
    assert phones.given == [(f"web-{anna.id}", "Anna")]


def test_a_person_with_a_desk_phone_calls_under_its_number(app: Flask, phones: Phones) -> None:
    person = Person.create(name="anna")
    PersonNumber.create(person=person, position=0, kind=NumberKind.OUTSIDE, number="030 1")
    PersonNumber.create(person=person, position=1, kind=NumberKind.PHONE, number="200")
    signed_in(app, user(Role.SEAT, "anna", person="anna")).post("/phone/pass")
    assert phones.given == [("200", "Anna")]


@pytest.mark.parametrize("role", Role)
def test_who_may_not_call_gets_neither_page_nor_pass(app: Flask, role: Role) -> None:
    client = signed_in(app, role)
    expected = 200 if Permission.USE_BROWSER_PHONE in GRANTS[role] else 403
    assert client.get("/phone/").status_code == expected
    assert client.post("/phone/pass").status_code == expected


def test_nobody_gets_a_pass_without_signing_in(app: Flask, phones: Phones) -> None:
    assert app.test_client().post("/phone/pass").status_code == 401
    assert phones.given == []


def test_a_request_from_another_site_gets_no_pass(panel: Panel, phones: Phones) -> None:
    app = create_app(a_panel(panel.home, phones=phones))
    assert signed_in(app).post("/phone/pass").status_code == 400
    assert phones.given == []


def test_who_may_see_calls_sees_what_the_box_said(panel: Panel) -> None:
    step = {"flow": "main", "step": "welcome", "detail": "said: <b>Welcome</b>"}
    ask = Asked({"calls.trace": {"trace": [step]}})
    app = without_csrf(a_panel(panel.home, ask=ask))
    answer = signed_in(app).get("/phone/steps/some-uuid")
    assert answer.json == {"steps": [{"place": "main: welcome", "detail": "said: <b>Welcome</b>"}]}
    assert ask.questions == [("calls.trace", {"call": "some-uuid"})]
    assert signed_in(app, Role.SEAT).get("/phone/steps/some-uuid").status_code == 403


def test_a_call_that_is_over_has_no_steps_here(app: Flask) -> None:
    assert signed_in(app).get("/phone/steps/some-uuid").json == {"steps": []}


@pytest.mark.parametrize(
    ("missing", "words"), [("off", b"web_phone"), ("not installed", b"pressline[browser-phone]")]
)
def test_a_box_without_the_phone_says_what_to_do(
    app: Flask, phones: Phones, missing: str, words: bytes
) -> None:
    phones.missing = missing  # type: ignore[assignment]
    client = signed_in(app)
    assert words in client.get("/phone/").data
    assert client.post("/phone/pass").status_code == 409
