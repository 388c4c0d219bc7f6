"""The server that calls are brought to."""

import logging
import socket

import pytest

from esl.call import EslCall
from esl.errors import ListenFailed
from esl.outbound import OutboundServer
from ivr_flows.ports import CallFailed
from tests.esl.conftest import Desk, wait_until
from tests.esl.peer import CallPeer, calling


def waits_to_be_hung_up(peer: CallPeer) -> None:
    peer.describe()
    peer.expect_hangup()


def test_a_port_in_use_is_said_plainly() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        server = OutboundServer(("127.0.0.1", port), lambda call: None)
        with pytest.raises(ListenFailed, match=f"127.0.0.1:{port} .*in use.*another Pressline"):
            server.start()


@pytest.mark.parametrize("fault", [RuntimeError("boom"), CallFailed("play", "no file")])
def test_a_program_that_fails_hangs_up_and_the_next_call_is_taken(
    desk: Desk, fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def program(call: EslCall) -> None:
        raise fault

    server = OutboundServer(("127.0.0.1", 0), program)
    server.start()
    for _ in range(2):
        calling(server.address, waits_to_be_hung_up).finish()
    server.stop(0)
    assert str(fault) in caplog.text


@pytest.mark.parametrize(
    "junk", [b"GET / HTTP/1.1\r\n\r\n", b"x" * 3_000_000, b"Content-Length: -1\n\n"]
)
def test_what_is_no_switch_disturbs_nobody(
    desk: Desk, junk: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)

    def stranger(peer: CallPeer) -> None:
        try:
            peer.send(junk)
        except OSError:
            return

    calling(desk.server.address, stranger).finish()
    assert desk.run(waits_to_be_hung_up, lambda call: call.dialed) == "100"


def waits_to_be_left(peer: CallPeer) -> None:
    peer.describe()
    peer.wait_for_end()


def test_live_calls_are_listed_and_at_a_stop_left_to_the_last_resort(desk: Desk) -> None:
    server = OutboundServer(("127.0.0.1", 0), lambda call: call.pause(3600))
    server.start()
    switches = [calling(server.address, waits_to_be_left) for _ in range(20)]
    wait_until(lambda: len(server.calls) == 20)
    server.stop(0.05)
    for switch in switches:
        switch.finish()
    assert not server.calls
