"""A click in the panel: the desk's phone rings first, then whoever left the message."""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from admin.access.roles import Role
from store.database import connect, disconnect
from store.models import Mailbox, PanelUser
from tests.admin.panels import user
from tests.browser.panel_process import RunningPanel
from tests.contract.phone import Manners
from tests.end_to_end.house import LOCAL, PREMIUM, House, hear_each_other, phone_at
from tests.end_to_end.waiting import eventually
from tests.phones import PhoneMaker
from tests.voicemail.left import leave

pytestmark = pytest.mark.timeout(300)

LIMIT = 60.0
RINGS, BUSY = Manners(status=None), Manners(status=486)
SEAT = "seat-of-clicks"


class Browser:
    """Somebody who is signed in to the box's panel, with a message before them."""

    def __init__(self, house: House, message: str, someone: PanelUser) -> None:
        self._panel = RunningPanel(house.box.home, f"http://{house.box.panel}")
        self._page = f"/inbox/message/{message}"
        self._cookie = f"pressline={self._panel.cookie(someone)}"
        page = self._open(self._page)
        found = re.search(r'name="csrf-token" content="([^"]+)"', page)
        self._token = found[1] if found else ""

    def click(self) -> dict[str, Any]:
        """What the page is told at once."""
        return dict(json.loads(self._open(f"{self._page}/call-back", b"{}")))

    def told(self, news: dict[str, Any], words: str) -> None:
        """Until the page is told that."""

        def is_told() -> bool:
            said.append(str(json.loads(self._open(news["how"]))["said"]))
            return words in said[-1]

        said: list[str] = []
        eventually(is_told, f"the page is told {words!r}", LIMIT)

    def _open(self, path: str, data: bytes | None = None) -> str:
        wanted = "application/json" if data or "/calling/" in path else "text/html"
        headers = {"Cookie": self._cookie, "Accept": wanted}
        if data:
            # Flask-WTF's token is bound to the session that the first page has begun.
            headers |= {"X-CSRFToken": self._token, "Content-Type": "application/json"}
        request = urllib.request.Request(self._panel.url + path, data, headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                if renewed := answer.headers.get("Set-Cookie"):
                    self._cookie = renewed.partition(";")[0]
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return str(error.read().decode())


@contextmanager
def clicking(house: House, number: str) -> Iterator[Browser]:
    """Before a message that was left from this number."""
    house.write(people={SEAT: {"title": "Ann Berg", "numbers": [phone_at("200")]}})
    connect(house.box.home / "pressline.db")
    try:
        box = Mailbox.get_or_none(Mailbox.name == "clicks") or Mailbox.create(
            name="clicks", title="Clicks", shared=True, transcribe=False
        )
        message = leave(box, house.box.home / "voicemail", number=number)
        yield Browser(house, message.id, user(Role.EDITOR, "clicking", person=SEAT))
    finally:
        disconnect()


def test_a_click_rings_the_desk_and_then_the_caller(
    house: House, phones: PhoneMaker, desks: PhoneMaker
) -> None:
    caller, desk = phones("trunk", RINGS), desks("200", RINGS)
    house.trunks(caller)
    with clicking(house, LOCAL) as browser:
        news = browser.click()
        assert news["said"] == "Your phone rings. Pick it up, and the caller is rung."
        desk.wait_invite(LIMIT)
        desk.pick_up()
        assert f"sip:{LOCAL}@" in caller.wait_invite(LIMIT)["To"]
        browser.told(news, "the caller is being rung")
        caller.pick_up()
        hear_each_other(desk, caller)
        caller.hang_up()
        browser.told(news, "You have spoken with the caller.")
    house.wait_log(f"{LOCAL} local dial")


def test_a_busy_line_is_told(house: House, phones: PhoneMaker, desks: PhoneMaker) -> None:
    house.trunks(phones("trunk", BUSY))
    desk = desks("200")
    with clicking(house, LOCAL) as browser:
        news = browser.click()
        desk.wait_answer(LIMIT)
        browser.told(news, "The line is busy.")


def test_a_number_that_the_rules_forbid_rings_nobody(
    house: House, phones: PhoneMaker, desks: PhoneMaker
) -> None:
    house.trunks(phones("trunk"))
    desk = desks("200", RINGS)
    with clicking(house, PREMIUM) as browser:
        refused = browser.click()
    assert "premium" in refused["error"]
    assert not any(line.startswith("INVITE") for line in desk.statuses())


def test_a_desk_that_is_not_there_is_told(house: House, phones: PhoneMaker) -> None:
    house.trunks(phones("trunk"))
    with clicking(house, LOCAL) as browser:
        browser.told(browser.click(), "Your own phone cannot be reached")
