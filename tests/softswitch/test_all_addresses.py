"""A switch that listens on all addresses tells callers the one that they reach."""

import socket
import subprocess
import sys
from pathlib import Path

CONFIG = """
[sip]
host = "0.0.0.0"
port = 0
[event_socket]
port = 0
password = "secret"
[[extension]]
match = "^100$"
actions = [["answer", ""], ["park", ""]]
"""
SDP = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=audio 9 RTP/AVP 0\r\n"
)


def invite(port: int, ours: int) -> bytes:
    return (
        f"INVITE sip:100@127.0.0.1:{port} SIP/2.0\r\n"
        f"Via: SIP/2.0/UDP 127.0.0.1:{ours};branch=z9hG4bKall\r\nMax-Forwards: 70\r\n"
        f"From: <sip:1@127.0.0.1>;tag=1\r\nTo: <sip:100@127.0.0.1>\r\nCall-ID: all\r\n"
        f"CSeq: 1 INVITE\r\nContact: <sip:1@127.0.0.1:{ours}>\r\n"
        f"Content-Type: application/sdp\r\nContent-Length: {len(SDP)}\r\n\r\n{SDP}"
    ).encode()


def test_a_caller_is_told_where_to_send_his_sound(tmp_path: Path) -> None:
    file = tmp_path / "switch.toml"
    file.write_text(CONFIG)
    command = [sys.executable, "-m", "softswitch", "--config", str(file)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as switch,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as phone,
    ):
        try:
            assert switch.stdout is not None
            port = int(switch.stdout.readline().split("0.0.0.0:")[1].split(",")[0])
            phone.bind(("127.0.0.1", 0))
            phone.settimeout(30)
            phone.sendto(invite(port, phone.getsockname()[1]), ("127.0.0.1", port))
            answer = ""
            while " 200 OK" not in answer:
                answer = phone.recv(4096).decode()
        finally:
            switch.kill()
    assert "c=IN IP4 127.0.0.1\r\n" in answer
    assert "0.0.0.0" not in answer
