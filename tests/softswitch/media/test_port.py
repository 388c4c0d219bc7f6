"""One call's RTP: who is heard, what is sent, and the tick that moves it."""

import asyncio
import socket
from collections.abc import Iterator

import numpy as np
import pytest

from softswitch.errors import NoFreePort
from softswitch.media.engine import Engine
from softswitch.media.frame import FRAME, SILENCE, Samples
from softswitch.media.g711 import decode, encode
from softswitch.media.jitter import JitterBuffer
from softswitch.media.keys import Key, keys_of
from softswitch.media.peer import Peer
from softswitch.media.rtp import Sender, parse_packet
from softswitch.media.rtp_port import RtpPort, Terms
from softswitch.media.sources import PcmSource
from softswitch.media.stream import Incoming, Outgoing

LOUD = np.full(FRAME, 8000, np.int16)


@pytest.fixture
def far() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        sock.settimeout(10)
        yield sock


def test_only_the_named_hosts_are_heard_at_first() -> None:
    peer = Peer(("10.0.0.1", 4000), {"10.0.0.1", "192.0.2.7"})
    assert not peer.accepts(("203.0.113.9", 4000))
    assert peer.accepts(("192.0.2.7", 61000))
    assert peer.address == ("192.0.2.7", 61000)


def test_nobody_else_gets_into_a_stream_that_flows() -> None:
    peer = Peer(("10.0.0.1", 4000), {"10.0.0.1"})
    assert peer.accepts(("10.0.0.1", 4000))
    assert not peer.accepts(("10.0.0.1", 4002))
    assert peer.address == ("10.0.0.1", 4000)


def test_late_frames_are_in_time_and_a_burst_does_not_stay_a_delay() -> None:
    jitter = JitterBuffer()
    jitter.push(LOUD)
    assert jitter.pull() is SILENCE
    jitter.push(LOUD)
    assert [jitter.pull() is LOUD, jitter.pull() is LOUD] == [True, True]
    for _ in range(50):
        jitter.push(LOUD)
    assert sum(jitter.pull() is LOUD for _ in range(50)) <= 25


def test_a_lone_frame_is_not_kept_for_ever() -> None:
    jitter = JitterBuffer()
    jitter.push(LOUD)
    assert any(jitter.pull() is LOUD for _ in range(5))


@pytest.mark.parametrize("samples", [80, 160, 240, 320])
def test_packets_of_any_length_become_frames(samples: int) -> None:
    incoming, sender = Incoming(), Sender()
    payload = encode("PCMU", np.full(samples, 8000, np.int16))
    heard = [incoming.take(sender.audio(0, payload, samples)) or [] for _ in range(4)]
    frames = [frame for part in heard for frame in part]
    assert len(frames) == 4 * samples // FRAME
    assert all(len(frame) == FRAME for frame in frames if not isinstance(frame, Key))


@pytest.mark.parametrize(
    "data", [b"", b"x", b"\x80" * 11, b"\xff" * 400, b"\x80\x00" + bytes(3000)]
)
def test_garbage_is_nothing(data: bytes) -> None:
    assert not Incoming().take(data)


def test_a_key_that_is_sent_is_read_once_by_the_other_end() -> None:
    outgoing, incoming = Outgoing(), Incoming()
    for side in (outgoing, incoming):
        side.agree("PCMU", 0, 101)
    for key in keys_of("5#"):
        outgoing.send_key(key)
    packets = [packet for _ in range(60) for packet in outgoing.packets(None)]
    heard = [item for packet in packets for item in incoming.take(packet) or []]
    assert [key.digit for key in heard if isinstance(key, Key)] == ["5", "#"]


def test_nothing_is_sent_to_a_phone_on_hold() -> None:
    outgoing = Outgoing()
    outgoing.may_send = False
    assert outgoing.packets(LOUD) == []


def test_ports_run_out_with_an_error() -> None:
    engine = Engine()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(NoFreePort):
            RtpPort(engine, "127.0.0.1", iter([taken.getsockname()[1]]))


class Ear:
    def __init__(self) -> None:
        self.heard = asyncio.Event()
        self.loop = asyncio.get_running_loop()

    def push(self, frame: Samples) -> None:
        if frame.any():
            self.loop.call_soon_threadsafe(self.heard.set)


async def _play(far: socket.socket) -> tuple[list[bytes], Key]:
    engine = Engine()
    engine.start()
    port = RtpPort(engine, "127.0.0.1", iter([0]))
    pressed: asyncio.Future[Key] = asyncio.get_running_loop().create_future()
    port.on_key = pressed.set_result
    try:
        port.connect(Terms("PCMU", 0, 101, far.getsockname()), "127.0.0.1")
        ear = Ear()
        port.add_sink(ear)
        playing = port.play(PcmSource(np.tile(LOUD, 3)))
        await asyncio.wait_for(playing.done, 10)
        packets = [far.recv(2048) for _ in range(3)]
        phone = Outgoing()
        phone.agree("PCMU", 0, 101)
        for _ in range(3):
            far.sendto(phone.packets(LOUD)[0], port.address)
        await asyncio.wait_for(ear.heard.wait(), 10)
        phone.send_key(Key("7"))
        for _ in range(20):
            for packet in phone.packets(None):
                far.sendto(packet, port.address)
        return packets, await asyncio.wait_for(pressed, 10)
    finally:
        port.close()
        engine.stop()


def test_the_far_end_hears_what_is_played_and_is_heard(far: socket.socket) -> None:
    packets, key = asyncio.run(_play(far))
    parsed = [parse_packet(packet) for packet in packets]
    assert all(packet and (decode("PCMU", packet.payload) == 7932).all() for packet in parsed)
    assert [packet.marker for packet in parsed if packet] == [True, False, False]
    assert (key.digit, key.source) == ("7", "RTP")
