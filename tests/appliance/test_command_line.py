"""What a newcomer meets at the terminal: a sentence for every slip, never a traceback."""

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner, Result

from appliance.command import calls, main
from tests.ports import free_port

FLOW = Path(__file__).parents[2] / "examples" / "daily" / "flows" / "subscription.yaml"
PATIENCE = 30.0


@pytest.fixture(autouse=True)
def box_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("PRESSLINE_HOME", str(home))
    monkeypatch.setenv("PRESSLINE_SIP", f"127.0.0.1:{free_port()}")
    monkeypatch.setenv("PRESSLINE_ESL", f"127.0.0.1:{free_port()}")
    return home


def pressline(*words: str) -> Result:
    return CliRunner().invoke(main, words)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("call", ""), "for instance 100"),
        (("call", "100", "--save", "/nowhere/heard.wav"), "there is no folder /nowhere"),
        (("calls", "--state", "gone"), "'hung_up'"),
        (("calls", "--limit", "0"), "x>=1"),
        (("simulate", str(FLOW), "--language", "xx"), "'yue'"),
    ],
)
def test_an_odd_argument_is_refused_with_what_was_expected(words: Sequence[str], told: str) -> None:
    refused = pressline(*words)
    assert refused.exit_code == 2
    assert told in refused.output


def test_a_call_to_a_box_that_is_not_running_says_how_to_start_it() -> None:
    refused = pressline("call", "100")
    assert refused.exit_code == 1
    assert "`pressline up` starts it" in refused.output


def test_a_call_from_the_wrong_folder_leaves_no_home_there(box_that_is_not_there: Path) -> None:
    pressline("call", "100")
    assert not box_that_is_not_there.exists()


def test_a_box_that_nobody_has_called_says_so() -> None:
    assert pressline("calls").output == "No calls yet.\n"


def test_a_home_that_cannot_be_made_is_said_with_its_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESSLINE_HOME", "/proc/nowhere")
    refused = pressline("demo")
    assert refused.exit_code == 1
    assert refused.output == "Error: /proc/nowhere: No such file or directory\n"


def test_a_fault_of_ours_is_one_sentence_and_its_details_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise LookupError("nobody foresaw this")

    monkeypatch.setattr(calls, "open_book", broken)
    refused = pressline("calls")
    assert refused.exit_code == 1
    assert "LookupError: nobody foresaw this" in refused.output
    assert "Traceback" not in refused.output
    found = re.search(r"are in (\S+)\.$", refused.output.strip())
    assert found
    kept = Path(found[1])
    assert "Traceback" in kept.read_text(encoding="utf-8")
    kept.unlink()


def test_ctrl_c_hangs_up_the_test_call() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as phone:
        phone.settimeout(PATIENCE)
        phone.bind(("127.0.0.1", 0))
        server = f"127.0.0.1:{phone.getsockname()[1]}"
        words = [sys.executable, "-m", "appliance", "call", "100", "--server", server]
        pipe = subprocess.PIPE
        with subprocess.Popen(words, stdout=pipe, stderr=subprocess.STDOUT, text=True) as call:
            invite, caller = phone.recvfrom(65535)
            phone.sendto(answered(invite, b"180 Ringing"), caller)
            assert call.stdout
            wait_for_line(call.stdout, "180")
            call.send_signal(signal.SIGINT)
            assert next_request(phone).startswith(b"CANCEL ")
            phone.sendto(answered(invite, b"487 Request Terminated"), caller)
            rest, _ = call.communicate(timeout=PATIENCE)
    assert "Aborted!" in rest
    assert "Traceback" not in rest


def answered(invite: bytes, status: bytes) -> bytes:
    kept = [
        line + (b";tag=ours" if line.startswith(b"To:") else b"")
        for line in invite.split(b"\r\n")
        if line.startswith((b"Via:", b"From:", b"To:", b"Call-ID:", b"CSeq:"))
    ]
    return b"\r\n".join([b"SIP/2.0 " + status, *kept, b"Content-Length: 0", b"", b""])


def wait_for_line(lines: IO[str], text: str) -> None:
    for line in lines:
        if text in line:
            return
    raise AssertionError(f"the command ended without telling {text}")


def next_request(phone: socket.socket) -> bytes:
    """What comes after the INVITE and its repetitions."""
    while (datagram := phone.recv(65535)).startswith(b"INVITE "):
        pass
    return datagram


def test_sources_queries_and_routes_go_out_and_come_in_again(tmp_path: Path) -> None:
    paper = tmp_path / "paper.yaml"
    paper.write_text(
        "sources: {daily: {url: 'sqlite:///daily.db'}}\n"
        "queries: {one: {source: daily, sql: SELECT 1}}\n"
        "routes: [{number: '100', flow: main}]\n"
    )
    taken = pressline("queries", "import", str(paper))
    assert "1 sources, 1 queries, 1 routes" in taken.output
    out = pressline("queries", "export").output
    paper.write_text(out)
    assert pressline("queries", "import", str(paper)).exit_code == 0
    assert pressline("queries", "export").output == out


def test_a_paper_with_mistakes_is_refused_whole(tmp_path: Path) -> None:
    paper = tmp_path / "paper.yaml"
    paper.write_text("sources: {daily: {url: 'sqlite:///daily.db'}}\nqueries: {x: {sqll: 1}}\n")
    refused = pressline("queries", "import", str(paper))
    assert refused.exit_code == 1
    assert 'did you mean "sql"?' in refused.output
    assert "daily" not in pressline("queries", "export").output
