"""A box that was just made opens to no password that strangers know."""

import re
import socket

import httpx
import pytest

from tests.contract.client import LIMIT, Connection
from tests.end_to_end.box import DESK, Box
from tests.phones import PhoneMaker

KNOWN = ("ClueCon", "1234", "password", "admin", "pressline", "")
"""Of FreeSWITCH, of phones, of lists that everybody has."""
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


def test_no_known_password_opens_the_event_socket(box: Box) -> None:
    for password in KNOWN:
        with socket.create_connection(box.esl, timeout=LIMIT) as opened:
            connection = Connection(opened)
            connection.frame()
            assert connection.command(f"auth {password}").reply.startswith("-ERR"), password


@pytest.mark.parametrize("password", [DESK, *KNOWN])
def test_no_known_password_registers_a_phone(box: Box, phones: PhoneMaker, password: str) -> None:
    assert phones(DESK).register(box.sip, password) == 403


def test_no_known_password_opens_the_panel(box: Box) -> None:
    with httpx.Client(base_url=f"http://{box.panel}", timeout=LIMIT) as browser:
        for password in ("admin", "password", "pressline"):
            token = TOKEN.search(browser.get("/sign-in").text)
            assert token, "there is no form"
            given = {"name": "admin", "password": password, "csrf_token": token.group(1)}
            browser.post("/sign-in", data=given)
            assert browser.get("/").is_redirect, f"{password} opens the panel"
