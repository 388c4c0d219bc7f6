"""Where somebody goes after signing in: only to pages of this panel."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from admin.signin.wished import own_path
from tests.admin.signin.person import Person, member


@pytest.mark.parametrize(
    "path", ["/", "/calls/?search=%E4%BD%A0", "/try/main?draft=1", "/a//b", "/x?next=//evil"]
)
def test_an_own_path_is_kept(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "", "calls", "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
        "///evil.example", "/\t/evil.example", "/\n/evil.example", " //evil.example",
        "javascript:alert(1)", "/sign-out", "/sign-in?next=/", "http:/calls", "/" + "a" * 600,
        "//[", "/\x00",
    ],
)  # fmt: skip
def test_what_leads_elsewhere_leads_to_the_first_page(path: str) -> None:
    assert own_path(path) == "/"


@given(st.text())
def test_whatever_is_wished_stays_here(wished: str) -> None:
    path = own_path(wished)
    assert path.startswith("/")
    assert path[1:2] not in ("/", "\\")


@pytest.mark.parametrize("wished", ["https://evil.example/", "//evil.example", "/%5cevil"])
def test_a_link_to_the_sign_in_does_not_lead_elsewhere(app: Flask, wished: str) -> None:
    member()
    assert Person(app).sign_in(at=f"?next={wished}").headers["Location"] == "/"
