"""Every page is sent what nobody sends in good faith: it may refuse, it must not fail.

The pages are those of the application itself: whoever adds one has it tested here.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin.access.guard import Open
from admin.access.matrix import pages
from tests.admin.access.form_fields import all_fields
from tests.admin.access.nasty import JSON, TEXTS
from tests.admin.access.places import Place, path_of, places
from tests.admin.panels import signed_in, user

STREAMS = ("/live",)
SIGNS_OUT = ("/sign-out", "/account/sessions/", "/account/password")
ARGUMENTS = (
    "page", "page_size", "sort", "desc", "search", "id", "url", "before", "after", "since", "until",
    "text", "user", "flt0_0", "flt1_1", "topics", "next", "day", "week", "at", "from", "to",
    "draft", "number", "outcome", "flow", "box", "state", "q", "version", "days", "key", "kind",
)  # fmt: skip


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return signed_in(app, user(name="boss"))


def tried(app: Flask, *methods: str) -> Iterator[Place]:
    for place in places(app, *methods):
        if not place.path.startswith((*STREAMS, *SIGNS_OUT)) and place.page.need != Open.EVERYBODY:
            yield place


def failed(client: FlaskClient, place: Place, path: str = "", **sent: Any) -> str:
    """What failed, in words; nothing when the page held out."""
    answer = client.open(path or place.path, method=place.method, **sent)
    status = answer.status_code
    answer.close()
    return f"{place.method} {place.page.rule}: {status}" if status >= 500 and status != 503 else ""


@pytest.fixture(scope="module")
def known_fields() -> set[str]:
    """They are the same for every test: the pages are read through once."""
    return set()


@pytest.fixture
def fields(app: Flask, client: FlaskClient, known_fields: set[str]) -> set[str]:
    if not known_fields:
        known_fields |= all_fields(client, (place.path for place in tried(app, "GET")))
    return known_fields


def test_the_forms_are_found(fields: set[str]) -> None:
    """Without this the tests below would send nothing."""
    assert {"title", "role", "mail", "code", "old"} <= fields


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_form_with_nasty_fields_does_not_fail(
    app: Flask, client: FlaskClient, fields: set[str], text: str
) -> None:
    sent = dict.fromkeys(fields, text)
    found = [failed(client, place, data=sent) for place in tried(app, "POST")]
    assert [one for one in found if one] == []
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("value", JSON.values(), ids=JSON.keys())
def test_nasty_json_does_not_make_a_page_fail(
    app: Flask, client: FlaskClient, fields: set[str], value: Any
) -> None:
    asked = list(tried(app, "POST"))
    whole = [failed(client, place, json=value) for place in asked]
    parts = [failed(client, place, json=dict.fromkeys(fields, value)) for place in asked]
    assert [one for one in (*whole, *parts) if one] == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000], ids=str)
def test_what_is_no_json_does_not_make_a_page_fail(
    app: Flask, client: FlaskClient, body: bytes
) -> None:
    found = [
        failed(client, place, data=body, content_type="application/json")
        for place in tried(app, "POST")
    ]
    assert [one for one in found if one] == []


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_nasty_searches_do_not_make_a_page_fail(app: Flask, client: FlaskClient, text: str) -> None:
    query = dict.fromkeys(ARGUMENTS, text[:2_000])
    found = [failed(client, place, query_string=query) for place in tried(app, "GET")]
    assert [one for one in found if one] == []


@pytest.mark.parametrize(
    "text",
    ["%00", "..", "%2e%2e%2f", "%F0%9F%8E%99", "%E2%80%AE", "-1", "9" * 30, "x" * 3000, "%ff"],
)
def test_nasty_addresses_do_not_make_a_page_fail(
    app: Flask, client: FlaskClient, text: str
) -> None:
    found = [
        failed(client, place, path_of(place.page.rule, text))
        for place in tried(app)
        if "<" in place.page.rule
    ]
    assert [one for one in found if one] == []


def test_addresses_are_found_for_every_page(app: Flask) -> None:
    assert len(list(places(app))) >= len(pages(app))
