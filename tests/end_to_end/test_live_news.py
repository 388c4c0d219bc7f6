"""Whoever has the panel open sees calls as they happen."""

import http.client
import json
from collections.abc import Iterator
from typing import Any

from admin.access.roles import Role
from store.database import connect, disconnect
from tests.admin.panels import user
from tests.browser.panel_process import RunningPanel
from tests.end_to_end.box import Box

LIMIT = 60.0


def calls_told(box: Box) -> Iterator[dict[str, Any]]:
    """What a page that follows calls is told, one piece after the other."""
    connect(box.home / "pressline.db")
    try:
        cookie = RunningPanel(box.home, "").cookie(user(Role.ADMINISTRATOR))
    finally:
        disconnect()
    connection = http.client.HTTPConnection(box.panel, timeout=LIMIT)
    connection.request("GET", "/live?topics=calls", headers={"Cookie": f"pressline={cookie}"})
    with connection.getresponse() as answer:
        assert answer.status == 200
        while line := answer.readline():
            if line.startswith(b"data:"):
                yield json.loads(line.removeprefix(b"data:"))


def test_a_page_is_told_of_a_call_its_step_and_its_end(box: Box) -> None:
    told = calls_told(box)
    before = next(told)["count"]
    phone = box.launch("call", "100", "--limit", "8")
    try:
        seen = next(state for state in told if state["count"] > before)
        (call,) = [call for call in seen["calls"] if call["number"] == "1000"]
        assert (call["dialled"], call["flow"]) == ("100", "main")
        assert call["step"]
        assert any(call["call"] not in str(state["calls"]) for state in told)
    finally:
        phone.wait(LIMIT)
        told.close()
