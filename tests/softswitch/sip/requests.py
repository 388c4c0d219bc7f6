"""Requests written by hand, to be bent."""

from softswitch.sip.uri import Address
from tests.softswitch.sip.doubles import OFFER

LINE = "\r\n"


def request(
    method: str,
    at: Address,
    *extra: str,
    branch: str = "z9hG4bK-1",
    call_id: str = "one@test",
    cseq: int = 1,
    from_tag: str = "caller",
    to_tag: str = "",
    body: bytes = b"",
    uri: str = "sip:100@127.0.0.1",
) -> bytes:
    host, port = at
    to = f"<sip:100@127.0.0.1>;tag={to_tag}" if to_tag else "<sip:100@127.0.0.1>"
    lines = [
        f"{method} {uri} SIP/2.0",
        f"Via: SIP/2.0/UDP {host}:{port};branch={branch}",
        "Max-Forwards: 70",
        f'From: "Ann" <sip:1000@127.0.0.1>;tag={from_tag}',
        f"To: {to}",
        f"Call-ID: {call_id}",
        f"CSeq: {cseq} {method}",
        f"Contact: <sip:1000@{host}:{port}>",
        *extra,
        f"Content-Length: {len(body)}",
    ]
    return (LINE.join(lines) + LINE * 2).encode() + body


def invite(at: Address, *extra: str, **options: object) -> bytes:
    kind = "Content-Type: application/sdp"
    return request("INVITE", at, kind, *extra, body=OFFER, **options)  # type: ignore[arg-type]
