"""SIPp, a SIP implementation that is not ours, as caller and as called."""

import asyncio
import shutil
import socket
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from softswitch.sip.incoming import IncomingCall
from softswitch.sip.registrar import Registrar
from tests.ports import free_port
from tests.softswitch.sip.doubles import ANSWER, Desk, desks, soon

pytestmark = pytest.mark.skipif(
    not shutil.which("sipp"), reason="SIPp is not installed (Debian: sip-tester)"
)


def run(scene: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(scene, 100))


async def sipp(folder: Path, *arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        "sipp",
        *arguments,
        "-i",
        "127.0.0.1",
        "-nostdin",
        cwd=folder,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )


def answers(call: IncomingCall) -> None:
    call.ring()
    call.answer(ANSWER)


def test_200_calls_of_sipp_are_answered(tmp_path: Path) -> None:
    async def scene() -> None:
        async with desks(desk := Desk(take=answers)):
            host, port = desk.address
            calls = ("-m", "200", "-r", "100", "-d", "50", "-p", str(free_port()))
            caller = await sipp(tmp_path, f"{host}:{port}", "-sn", "uac", *calls)
            assert await caller.wait() == 0
            assert desk.taken.qsize() == 200
            await desk.agent.drain(10)
            assert desk.agent.calls == []

    run(scene())


def test_200_calls_to_sipp_are_answered(tmp_path: Path) -> None:
    async def scene() -> None:
        async with desks(caller := Desk()):
            port = free_port()
            uas = await sipp(tmp_path, "-sn", "uas", "-p", str(port), "-m", "200")

            async def one_call() -> None:
                ours = caller.call(("127.0.0.1", port))
                await soon(ours.answered)
                ours.call.hangup()

            # SIPp may still be starting: the INVITE is repeated until it listens, except where
            # the system tells of the closed port at once.
            while not listens(port):
                await asyncio.sleep(0.01)
            await asyncio.gather(*(one_call() for _ in range(200)))
            await caller.agent.drain(20)
            assert await uas.wait() == 0

    run(scene())


def listens(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


CHALLENGED = """<?xml version="1.0"?>
<scenario name="register, then call with a password">
  <send retrans="500"><![CDATA[
REGISTER sip:[remote_ip] SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
From: <sip:1000@[remote_ip]>;tag=[call_number]
To: <sip:1000@[remote_ip]>
Call-ID: [call_id]
CSeq: 1 REGISTER
Contact: <sip:1000@[local_ip]:[local_port]>
Expires: 300
Content-Length: 0

]]></send>
  <recv response="401" auth="true"/>
  <send retrans="500"><![CDATA[
REGISTER sip:[remote_ip] SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
From: <sip:1000@[remote_ip]>;tag=[call_number]
To: <sip:1000@[remote_ip]>
Call-ID: [call_id]
CSeq: 2 REGISTER
Contact: <sip:1000@[local_ip]:[local_port]>
Expires: 300
[authentication username=1000 password=right]
Content-Length: 0

]]></send>
  <recv response="200"/>
</scenario>
"""


def test_sipp_registers_with_a_digest(tmp_path: Path) -> None:
    async def scene() -> None:
        registrar = Registrar({"1000": "right"})
        async with desks(desk := Desk(registrar=registrar)):
            host, port = desk.address
            (tmp_path / "register.xml").write_text(CHALLENGED)
            phone = await sipp(tmp_path, f"{host}:{port}", "-sf", "register.xml", "-m", "1")
            assert await phone.wait() == 0
            assert [contact.user for contact in registrar.all_contacts()] == ["1000"]

    run(scene())
