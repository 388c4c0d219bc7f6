"""The parser alone: bytes in, frames out."""

import itertools
from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from esl.errors import WireError
from esl.event import Event
from esl.wire import Frame, Parser
from tests.esl import frames

# A busy machine is no fault of the parser.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
STREAM = b"".join(
    [
        b"Content-Type: auth/request\n\n",
        frames.reply("+OK accepted"),
        frames.connect_reply(),
        frames.json_event("DTMF", DTMF_Digit="#"),
        frames.plain_event("BACKGROUND_JOB", "+OK 7\nsecond line\n", Job_UUID="j"),
        frames.api_response("true"),
        frames.notice("linger"),
        frames.notice("disconnect"),
    ]
)


def parse(pieces: Iterable[bytes]) -> list[Frame]:
    parser = Parser()
    return [frame for piece in pieces for frame in parser.feed(piece)]


def shown(parsed: list[Frame]) -> list[tuple[str, bytes, bytes]]:
    return [(frame.kind, frame.head, frame.body) for frame in parsed]


def test_a_stream_is_cut_into_its_frames() -> None:
    assert [frame.kind for frame in parse([STREAM])] == [
        "auth/request",
        "command/reply",
        "command/reply",
        "text/event-json",
        "text/event-plain",
        "api/response",
        "text/disconnect-notice",
        "text/disconnect-notice",
    ]


@PATIENT
@given(st.lists(st.integers(0, len(STREAM)), max_size=8))
def test_it_does_not_matter_where_the_stream_is_torn(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(STREAM)]
    pieces = [STREAM[a:b] for a, b in itertools.pairwise(edges)]
    assert shown(parse(pieces)) == shown(parse([STREAM]))


def test_bytes_may_come_one_by_one() -> None:
    assert shown(parse(bytes([byte]) for byte in STREAM)) == shown(parse([STREAM]))


@PATIENT
@given(st.binary(max_size=400))
def test_any_bytes_give_frames_or_a_wire_error(junk: bytes) -> None:
    try:
        for frame in parse([junk, b"\n\n"]):
            assert isinstance(frame.data + frame.event.name, str)
            assert isinstance(frame.headers, dict)
    except WireError as fault:
        assert str(fault)


@pytest.mark.parametrize("length", ["-1", "abc", "1e9", "99999999999", "9" * 5000, ""])
def test_a_length_that_is_none_or_too_great_is_refused(length: str) -> None:
    with pytest.raises(WireError, match=r"Content-Length|headers exceed"):
        Parser(head_limit=200).feed(f"Content-Length: {length}\n\n".encode())


def test_headers_without_an_end_are_refused() -> None:
    parser = Parser(head_limit=1000)
    with pytest.raises(WireError, match="1000 bytes"):
        for _ in range(20):
            parser.feed(b"X: " + b"y" * 97)


def test_a_name_with_line_breaks_stays_in_its_header() -> None:
    name = "x\nUnique-ID: forged\n\nContent-Type: auth/request"
    for frame in parse([frames.connect_reply(Caller_Caller_ID_Name=name)]):
        assert frame.event.get("Caller-Caller-ID-Name") == name
        assert frame.event.get("Unique-ID") == frames.UUID
        assert frame.data == "+OK"


def test_a_jobs_result_is_apart_from_its_headers() -> None:
    (frame,) = parse(
        [frames.plain_event("BACKGROUND_JOB", "+OK\nJob-UUID: forged\n", Job_UUID="j")]
    )
    assert frame.event.body == "+OK\nJob-UUID: forged\n"
    assert frame.event.get("Job-UUID") == frame.headers["Job-UUID"] == "j"


HOSTILE = [
    '","Unique-ID":"forged',
    '"Unique-ID":',
    "a\\",
    '\\"',
    "é\n\x07",
    "Unique-ID",
    "{}",
    "%0A",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_json_value_cannot_pass_for_a_header(value: str) -> None:
    body = frames.json_event("DTMF", Caller_Caller_ID_Name=value, DTMF_Digit="5")
    (frame,) = parse([body])
    lazily, whole = frame.event, frame.event.headers
    for name, expected in {
        "Caller-Caller-ID-Name": value,
        "Unique-ID": frames.UUID,
        "DTMF-Digit": "5",
    }.items():
        assert lazily.get(name) == whole[name] == expected
    assert lazily.get("forged") == ""


def test_json_may_be_spaced_and_may_hold_what_is_no_string() -> None:
    event = Event(b'{ "Event-Name" : "X", "a": ["1", "2"], "n": 5, "s": "\\ud800" }')
    assert [event.get(name) for name in ("Event-Name", "a", "n")] == ["X", "ARRAY::1|:2", "5"]
    assert event.get("s").encode() == b"?"


@pytest.mark.parametrize("body", [b'{"Event-Name":"X', b"{", b'{"a":' + b"[" * 100_000, b"{]"])
def test_json_that_is_none_is_a_wire_error(body: bytes) -> None:
    with pytest.raises(WireError, match="cannot be read"):
        _ = Event(body).headers
