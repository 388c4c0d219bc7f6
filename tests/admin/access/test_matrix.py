"""`docs/permissions.md` is what the door does."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from admin.access.guard import Open
from admin.access.matrix import Page, pages
from admin.access.roles import GRANTS, NEEDS_SECOND_FACTOR, Permission, Role
from appliance.permissions_page import PAGE, page
from tests.admin.access.places import Place, places
from tests.admin.panels import signed_in

HARMLESS = {
    "/sign-in", "/sign-out", "/account", "/calls/export.csv",
    "/flows/edit/<flow>/check", "/flows/edit/<flow>/picture",
}  # fmt: skip
"""What somebody who only looks may send: it changes nothing, or nothing but his own account."""


def test_the_page_of_permissions_is_up_to_date(app: Flask) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(app), (
        "run: python -m appliance.permissions_page"
    )


def test_no_page_is_closed_to_everybody(app: Flask) -> None:
    assert [found.rule for found in pages(app) if found.need is None] == []


def test_whoever_only_looks_changes_nothing(app: Flask) -> None:
    sends = [found.rule for found in pages(app) if "POST" in found.methods and _reads(found)]
    assert [rule for rule in sends if not rule.startswith(tuple(HARMLESS))] == []


def _reads(found: Page) -> bool:
    return found.opens_for(Role.READ_ONLY)


def test_the_administrator_may_do_everything_and_shows_a_second_factor() -> None:
    assert GRANTS[Role.ADMINISTRATOR] == frozenset(Permission)
    assert Role.ADMINISTRATOR in NEEDS_SECOND_FACTOR


@pytest.mark.parametrize("role", list(Role))
def test_the_door_does_what_the_matrix_says(app: Flask, role: Role) -> None:
    client = signed_in(app, role)
    wrong = []
    for place in places(app):
        if place.page.endpoint == "signin.sign_out":
            continue
        answer = client.open(place.path, method=place.method, buffered=False)
        is_open = answer.status_code not in (401, 403) and not _to_sign_in(answer)
        if is_open != place.page.opens_for(role):
            wrong.append((place.method, place.page.rule, answer.status_code))
        answer.close()
    assert wrong == []


def test_whoever_is_not_signed_in_sees_only_what_is_open_to_everybody(app: Flask) -> None:
    wrong = [
        (place.method, place.page.rule)
        for place in places(app)
        if place.page.need != Open.EVERYBODY and not _is_shut(app, place)
    ]
    assert wrong == []


def _is_shut(app: Flask, place: Place) -> bool:
    answer = app.test_client().open(place.path, method=place.method)
    return answer.status_code == 401 or _to_sign_in(answer)


def _to_sign_in(answer: TestResponse) -> bool:
    location = answer.headers.get("Location", "")
    return answer.status_code == 302 and location.startswith("/sign-in")
