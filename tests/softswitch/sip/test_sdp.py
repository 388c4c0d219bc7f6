"""Offers, answers, and what they come to."""

import pytest

from softswitch.sip.errors import BadSdp, NotAcceptable
from softswitch.sip.offer import AudioSession, agree
from softswitch.sip.sdp import MAX_LINES, parse_sdp


def described(*lines: str, host: str = "192.0.2.9") -> bytes:
    head = ["v=0", "o=p 1 1 IN IP4 192.0.2.9", "s=-", f"c=IN IP4 {host}", "t=0 0"]
    return "".join(f"{line}\r\n" for line in [*head, *lines]).encode()


PHONE = described(
    "m=audio 16410 RTP/AVP 8 0 96",
    "a=rtpmap:96 telephone-event/8000",
    "a=fmtp:96 0-15",
    "a=ptime:30",
)


def test_the_first_codec_of_the_offer_that_is_ours_is_taken_with_its_key_type() -> None:
    agreed = agree(parse_sdp(PHONE))
    assert (agreed.codec, agreed.payload_type, agreed.event_type) == ("PCMA", 8, 96)
    assert (agreed.remote, agreed.ptime, agreed.direction) == (("192.0.2.9", 16410), 30, "sendrecv")


def test_the_answer_repeats_the_offers_key_type_and_one_codec() -> None:
    answer, _ = AudioSession("127.0.0.1", 4000).answer(parse_sdp(PHONE))
    media = parse_sdp(answer).audio
    assert media is not None and media.port == 4000
    assert [(f.payload_type, f.name) for f in media.formats] == [
        (8, "PCMA"),
        (96, "TELEPHONE-EVENT"),
    ]


def test_a_codec_under_a_dynamic_type_is_known_by_its_name() -> None:
    offer = described("m=audio 4000 RTP/AVP 97 98", "a=rtpmap:98 pcmu/8000")
    agreed = agree(parse_sdp(offer))
    assert (agreed.codec, agreed.payload_type, agreed.event_type) == ("PCMU", 98, None)


def test_lines_that_we_do_not_carry_are_answered_with_port_0_in_their_place() -> None:
    offer = described("m=video 5000 RTP/AVP 99", "m=audio 4000 RTP/AVP 0", "m=text 0 x/y t")
    answer, _ = AudioSession("127.0.0.1", 4000).answer(parse_sdp(offer))
    assert [(m.kind, m.port) for m in parse_sdp(answer).media] == [
        ("video", 0),
        ("audio", 4000),
        ("text", 0),
    ]


@pytest.mark.parametrize(
    ("line", "host", "ours"),
    [
        ("a=sendonly", "192.0.2.9", "recvonly"),
        ("a=recvonly", "192.0.2.9", "sendonly"),
        ("a=inactive", "192.0.2.9", "inactive"),
        ("a=sendrecv", "0.0.0.0", "inactive"),
        ("a=x-unknown", "192.0.2.9", "sendrecv"),
    ],
)
def test_hold_is_seen_in_all_its_forms(line: str, host: str, ours: str) -> None:
    agreed = agree(parse_sdp(described("m=audio 4000 RTP/AVP 0", line, host=host)))
    assert agreed.direction == ours
    assert agreed.is_held == (ours in ("recvonly", "inactive"))


@pytest.mark.parametrize(
    "lines",
    [
        ("m=audio 4000 RTP/AVP 18", "a=rtpmap:18 G729/8000"),
        ("m=audio 0 RTP/AVP 0",),
        ("m=audio 4000 RTP/SAVP 0",),
        ("m=video 4000 RTP/AVP 0",),
        (),
    ],
)
def test_no_audio_in_common_is_not_acceptable(lines: tuple[str, ...]) -> None:
    with pytest.raises(NotAcceptable):
        agree(parse_sdp(described(*lines)))


def test_an_address_that_would_have_to_be_looked_up_is_not_acceptable() -> None:
    with pytest.raises(NotAcceptable):
        agree(parse_sdp(described("m=audio 4000 RTP/AVP 0", host="phone.example.com")))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"v=1\r\n",
        b"<xml/>",
        b"v=0\r\nm=audio 99999 RTP/AVP 0\r\n",
        b"v=0\r\nm=audio\r\n",
        b"v=0\r\nc=IN\r\n",
        b"v=0\r\n" + b"a=x\r\n" * MAX_LINES,
        b"v=0\r\n" + b"m=audio 1 RTP/AVP 0\r\n" * 17,
    ],
)
def test_what_is_no_session_description_is_refused(body: bytes) -> None:
    with pytest.raises(BadSdp):
        parse_sdp(body)


def test_the_version_goes_up_only_when_something_changed() -> None:
    session = AudioSession("127.0.0.1", 4000)
    origins = [
        parse_sdp(session.offer(direction)).origin.split()[2]
        for direction in ("sendrecv", "sendrecv", "sendonly")
    ]
    assert origins == ["1", "1", "2"]
