"""Datagrams into messages and back."""

import pytest

from softswitch.sip.errors import BadHeader, BadMessage
from softswitch.sip.message import Headers, Request, Response
from softswitch.sip.parse import MAX_HEADERS, parse
from softswitch.sip.uri import parse_name_addr, parse_uri, quoted_name
from softswitch.sip.via import parse_via


def test_compact_and_folded_headers_are_read() -> None:
    message = parse(
        b"INVITE sip:a@b SIP/2.0\r\nv: SIP/2.0/UDP h;branch=z9hG4bK1\r\nf: <sip:c@d>;tag=1\r\n"
        b"s: one\r\n  two\r\n\tthree\r\nl: 0\r\n\r\n"
    )
    assert message.header("From") == "<sip:c@d>;tag=1"
    assert message.header("subject") == "one two three"


def test_bytes_behind_the_content_length_are_no_part_of_the_body() -> None:
    message = parse(b"BYE sip:a@b SIP/2.0\r\nContent-Length: 2\r\n\r\nabBYE sip:x SIP/2.0")
    assert message.body == b"ab"


def test_a_body_without_a_length_goes_to_the_end_of_the_datagram() -> None:
    assert parse(b"INFO sip:a@b SIP/2.0\r\n\r\nSignal=1").body == b"Signal=1"


@pytest.mark.parametrize(
    "datagram",
    [b"", b"\r\n\r\n", b"\0", b"hello", b"SIP/2.0 4294967301 No", b"SIP/2.0 99 No", b"\xff" * 900],
)
def test_what_is_no_message_is_told_apart(datagram: bytes) -> None:
    with pytest.raises(BadMessage):
        parse(datagram)


def test_more_headers_than_any_phone_sends_are_not_read() -> None:
    with pytest.raises(BadMessage, match="header lines"):
        parse(b"BYE sip:a@b SIP/2.0\r\n" + b"X: y\r\n" * (MAX_HEADERS + 1) + b"\r\n")


def test_a_line_end_in_a_value_makes_no_new_header() -> None:
    sent = Request(Headers([("Subject", "a\r\nEvil: yes\nMore: yes\0")]), method="BYE", uri="sip:a")
    received = parse(sent.to_bytes())
    assert received.header("Evil") == "" and received.header("More") == ""
    assert received.header("Subject").startswith("a  Evil: yes")


def test_a_half_character_can_be_sent() -> None:
    assert b"?" in Request(Headers([("Subject", "\ud83d")]), method="BYE", uri="sip:a").to_bytes()


def test_a_status_without_a_phrase_is_read() -> None:
    message = parse(b"SIP/2.0 486\r\nCSeq: 1 INVITE\r\n\r\n")
    assert isinstance(message, Response) and (message.status, message.reason) == (486, "")


@pytest.mark.parametrize(
    "name",
    [
        'Ann "the Pen" O\\Hara',
        "%0AUnique-ID: forged",
        "${caller_id_number} {{ 7 * 7 }} '; drop table calls; --",
        "報社" * 1700,
        "<sip:evil@example.com>;tag=x, ;,",
    ],
)
def test_a_display_name_passes_as_data(name: str) -> None:
    address = parse_name_addr(f"{quoted_name(name)} <sip:1000@127.0.0.1;x=y>;tag=t1")
    assert (address.name, address.uri, address.tag) == (name, "sip:1000@127.0.0.1;x=y", "t1")


def test_parameters_without_brackets_belong_to_the_header() -> None:
    address = parse_name_addr("sip:a@b;tag=t")
    assert (address.uri, address.tag) == ("sip:a@b", "t")


@pytest.mark.parametrize(
    "text",
    ['"Ann <sip:a@b>', "<sip:a@b", '"Ann" sip:a@b', "Ann, B <sip:a@b>", "<sip:a @b>", "nobody", ""],
)
def test_an_address_that_is_not_closed_is_refused(text: str) -> None:
    with pytest.raises(BadHeader):
        parse_name_addr(text)


def test_a_uri_gives_its_parts() -> None:
    uri = parse_uri("sip:a%20b:secret@Host.example:5070;transport=udp?x=y")
    assert (uri.user, uri.host, uri.port) == ("a b", "host.example", 5070)
    assert uri.params == {"transport": "udp"}


@pytest.mark.parametrize(
    "text", ["http://a", "sip:", "sip:a@b:0", "sip:a@b:70000", "sip:a@b c", "<sip:a@b>", "sip:a@"]
)
def test_a_uri_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadHeader):
        parse_uri(text)


def test_blanks_in_a_via_are_allowed() -> None:
    via = parse_via("SIP  / 2.0  /UDP\t192.0.2.2:5061; branch=z9hG4bK390skdjuw")
    assert (via.host, via.port, via.branch) == ("192.0.2.2", 5061, "z9hG4bK390skdjuw")
