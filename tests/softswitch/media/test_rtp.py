"""RTP packets and the keys inside them, in good weather and in bad."""

import random
from collections.abc import Collection
from itertools import pairwise

import pytest

from softswitch.media.rtp import Packet, Sender, parse_packet
from softswitch.media.telephone_event import KEYS, EventPacket, KeyReader, Pressed, key_packets


def test_a_packet_comes_back_as_it_was_sent() -> None:
    packet = Packet(101, 65535, 2**32 - 1, 7, b"payload", marker=True)
    assert parse_packet(packet.to_bytes()) == packet


def test_sources_extension_and_padding_are_left_out() -> None:
    body = bytes(8) + b"\xbe\xde\x00\x01" + bytes(4) + b"audio" + b"\0\0\3"
    datagram = b"\xb2\x00\x00\x01" + bytes(8) + body
    packet = parse_packet(datagram)
    assert packet is not None and packet.payload == b"audio"


@pytest.mark.parametrize(
    "datagram",
    [
        b"",
        b"\x80" * 11,
        b"\x00" * 40,
        b"\x80\xc8" + bytes(30),
        b"\x9f" + bytes(20),
        b"\xa0" + bytes(11) + b"\x00",
        b"\xa0" + bytes(11) + b"\xff",
        b"\x90" + bytes(13) + b"\xff\xff",
        b"\x80" + bytes(5000),
    ],
)
def test_what_is_no_rtp_is_dropped(datagram: bytes) -> None:
    assert parse_packet(datagram) is None


def test_noise_never_breaks_the_parser_or_the_reader() -> None:
    source = random.Random(4733)
    reader = KeyReader()
    for _ in range(20_000):
        packet = parse_packet(source.randbytes(source.randrange(64)))
        if packet is not None:
            reader.read_event(packet)
            reader.read_audio(packet)


def test_numbers_go_round_and_the_clock_follows_the_samples() -> None:
    sender = Sender()
    sender.timestamp = 2**32 - 80
    packets = [parse_packet(sender.audio(0, bytes(160), 160)) for _ in range(70_000)]
    assert packets[1] is not None and packets[1].timestamp == 80
    numbers = [packet.sequence for packet in packets if packet]
    assert all((b - a) & 0xFFFF == 1 for a, b in pairwise(numbers))


def pressed(keys: str, lost: Collection[int] = (), samples: int = 800) -> list[Packet]:
    """The packets of these keys, but those whose number was lost; audio follows each."""
    sender, sent = Sender(), []
    for key in keys:
        began = sender.timestamp
        for event in key_packets(key, samples):
            sent.append(sender.event(101, event.payload, began, marker=event.marker))
            if event.takes_time:
                sender.skip(160)
        sent += [sender.audio(0, bytes(160), 160) for _ in range(4)]
    found = [parse_packet(datagram) for datagram in sent]
    return [packet for number, packet in enumerate(found) if packet and number not in lost]


def read(packets: list[Packet]) -> str:
    reader, keys = KeyReader(), ""
    for packet in packets:
        heard = reader.read_event if packet.payload_type == 101 else reader.read_audio
        keys += "".join(key.digit for key in heard(packet))
    return keys


def test_every_key_is_told_once_at_its_end() -> None:
    assert read(pressed(KEYS)) == KEYS


def test_the_same_key_twice_is_two_keys() -> None:
    assert read(pressed("1100")) == "1100"


def test_a_key_is_told_with_its_length() -> None:
    packets = [packet for packet in pressed("5", samples=1600) if packet.payload_type == 101]
    assert KeyReader().read_event(packets[-1]) == [Pressed("5", 1600)]


@pytest.mark.parametrize("survivor", range(7))
def test_one_packet_of_a_key_is_enough(survivor: int) -> None:
    keys = pressed("7")
    events = [packet for packet in keys if packet.payload_type == 101]
    assert len(events) == 7
    later = Packet(0, 0, (events[0].timestamp + 16_000) & 0xFFFFFFFF, events[0].ssrc, bytes(160))
    assert read([events[survivor], later]) == "7"


def test_a_lost_end_is_made_up_for_by_the_next_key() -> None:
    assert read(pressed("12", lost={4, 5, 6})) == "12"


def test_late_and_doubled_packets_do_not_press_again() -> None:
    packets = pressed("12")
    assert read([*packets[:7], *packets[:7], *packets[7:], *packets[:7]]) == "12"


def test_another_source_starts_afresh() -> None:
    assert read([*pressed("1"), *pressed("2")]) == "12"


def test_an_event_that_is_no_key_is_ignored() -> None:
    flash = Packet(101, 1, 1, 1, bytes([16, 0x8A, 3, 0x20]))
    assert KeyReader().read_event(flash) == []
    assert KeyReader().read_event(Packet(101, 1, 1, 1, b"\x01")) == []


def test_a_key_begins_with_a_marker_and_ends_three_times() -> None:
    packets = list(key_packets("#", 800))
    assert [packet.marker for packet in packets] == [True] + [False] * 6
    assert [packet.takes_time for packet in packets] == [True] * 5 + [False] * 2
    assert packets[-1] == EventPacket(bytes([11, 0x8A, 0x03, 0x20]), False, False)


def test_what_is_no_key_cannot_be_sent() -> None:
    with pytest.raises(ValueError, match="substring"):
        list(key_packets("x", 800))
