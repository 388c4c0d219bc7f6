"""Events on the wire, and who gets them."""

import json

import pytest

from softswitch.events import Event, EventMint, encoded
from softswitch.eventsocket.framing import MAX_COMMAND, CommandParser, TooLong
from softswitch.eventsocket.subscription import Subscription


def test_values_are_encoded_by_freeswitchs_set_of_characters() -> None:
    assert encoded('"#%&+:;<=>?@[\\]^`{|} \n\x7fä') == (
        "%22%23%25%26%2B%3A%3B%3C%3D%3E%3F%40%5B%5C%5D%5E%60%7B%7C%7D%20%0A%7F%C3%A4"
    )
    assert encoded("aZ09/,()!*'~-_.$") == "aZ09/,()!*'~-_.$"


def test_bytes_that_are_no_utf8_go_out_as_they_came_in() -> None:
    assert encoded(b"\xff\xfe".decode("utf-8", "surrogateescape")) == "%FF%FE"
    told = Event({"Event-Name": "X", "A": b"\xff".decode("utf-8", "surrogateescape")}).json()
    assert json.loads(told.partition(b"\n\n")[2])["A"] == "?"


def test_the_length_covers_the_inner_event_with_its_body() -> None:
    frame = Event({"Event-Name": "BACKGROUND_JOB"}, "+OK ä\n").plain()
    head, _, inner = frame.partition(b"\n\n")
    assert head.splitlines()[0] == b"Content-Length: %d" % len(inner)
    assert inner == "Event-Name: BACKGROUND_JOB\nContent-Length: 7\n\n+OK ä\n".encode()


def test_a_custom_events_subclass_is_its_first_header() -> None:
    event = EventMint("box", "127.0.0.1").make("CUSTOM", {"A": "1"}, subclass="a::b")
    assert list(event.headers)[:2] == ["Event-Subclass", "Event-Name"]


def event(name: str = "CHANNEL_ANSWER", channel: str = "one", **headers: str) -> Event:
    return Event({"Event-Name": name, "Unique-ID": channel} | headers)


def test_one_filter_that_fits_is_enough() -> None:
    wanted = Subscription()
    wanted.add(["ALL"])
    wanted.add_filter("A", "x")
    wanted.add_filter("Event-Name", "/^CHANNEL_(HANGUP|ANSWER)$/")
    assert wanted.takes(event(A="y"))
    assert wanted.takes(event("DTMF", A="x"))
    assert not wanted.takes(event("DTMF", A="y"))


def test_a_broken_pattern_fits_nothing() -> None:
    wanted = Subscription()
    wanted.add(["ALL"])
    wanted.add_filter("A", "/(/")
    assert not wanted.takes(event(A="("))


def test_all_without_one_kind_is_all_the_others() -> None:
    wanted = Subscription()
    wanted.add(["ALL"])
    wanted.drop(["CHANNEL_ANSWER"])
    assert not wanted.takes(event())
    assert wanted.takes(event("DTMF"))


def test_an_own_calls_listener_gets_no_other_calls_events() -> None:
    wanted = Subscription()
    wanted.follow("one")
    assert wanted.takes(event())
    assert not wanted.takes(event(channel="two"))
    assert not wanted.wants("PLAYBACK_START")


def test_subclasses_must_be_named() -> None:
    wanted = Subscription()
    wanted.add(["CUSTOM", "a::b"])
    assert wanted.takes(event("CUSTOM", **{"Event-Subclass": "a::b"}))
    assert not wanted.takes(event("CUSTOM", **{"Event-Subclass": "c::d"}))


def test_commands_may_come_in_any_pieces() -> None:
    data = b"api status\n\nsendmsg\ncall-command: execute\ncontent-length: 3\n\nabcexit\r\n\r\n"
    parser = CommandParser()
    found = [command for byte in data for command in parser.feed(bytes([byte]))]
    assert [command.text for command in found] == ["api status", "sendmsg", "exit"]
    assert found[1].get("Call-Command") == "execute"
    assert found[1].body == "abc"


@pytest.mark.parametrize(
    "data", [b"a" * (2 * MAX_COMMAND + 1), b"sendevent X\nContent-Length: 99999999\n\n"]
)
def test_a_command_without_end_is_refused(data: bytes) -> None:
    with pytest.raises(TooLong):
        CommandParser().feed(data)
