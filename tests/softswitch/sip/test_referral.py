"""What a phone's REFER asks for."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softswitch.sip.errors import BadHeader
from softswitch.sip.message import Headers, Request
from softswitch.sip.referral import Referral, Replaced, referral_of


def asked(*refer_to: str) -> Referral:
    headers = Headers([("Refer-To", value) for value in refer_to])
    return referral_of(Request(headers=headers, method="REFER", uri="sip:x@127.0.0.1"))


def test_a_number_is_taken_without_its_host() -> None:
    assert asked('"Desk" <sip:103@192.0.2.1:5080;user=phone>') == Referral("103", None)


def test_a_call_to_be_joined_is_named_by_its_id_and_tags() -> None:
    wanted = "a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2"
    said = asked(f"<sip:103@127.0.0.1?Subject=x&Replaces={wanted}>")
    assert said == Referral("103", Replaced("a@b", "1", "2"))


@pytest.mark.parametrize("values", [(), ("<sip:1@h>", "<sip:2@h>"), ("<tel:+1>",), ("<sip:",)])
def test_what_names_nobody_is_refused(values: tuple[str, ...]) -> None:
    with pytest.raises(BadHeader):
        asked(*values)


@given(st.text(max_size=200))
def test_nothing_that_is_sent_breaks_it(text: str) -> None:
    with contextlib.suppress(BadHeader):
        assert isinstance(asked(text).user, str)
