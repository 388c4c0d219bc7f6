"""Fifty people with live pages open, beside fifty calls: what it costs, and what callers hear."""

import asyncio
import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from admin.access.roles import Role
from tests.admin.panels import user
from tests.browser.panel_process import RunningPanel
from tests.ports import free_port
from tests.switches import SoftSwitch

from .box_home import opened
from .controllers import running
from .ears import milliseconds_at
from .exchange import LOOP, exchange
from .held_calls import HeldCalls
from .pressline_box import home_at, pressline_box, surroundings
from .process_cpu import CpuMeter, wait_until_idle
from .report import Report

FOLLOWERS = 50
CALLS = 50
PER_SECOND = 10.0
SECONDS = 20.0
TOPICS = "calls,messages,rooms,hours,attention"
MOST_CPU = 20.0
"""Per cent of a core, for panel and callbox together."""
HOST = "127.0.0.1"


@dataclass(slots=True)
class Spent:
    panel: float
    """Per cent of a core."""
    callbox: float
    gap: float
    """Milliseconds between packets at p99."""
    lost: int
    news: int = 0
    """Pieces of news that all followers were sent."""

    @property
    def together(self) -> float:
        return self.panel + self.callbox


class Follower:
    """An open page: reads, and counts."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port = port
        self._request = (
            f"GET /live?topics={TOPICS} HTTP/1.1\r\nHost: {HOST}:{port}\r\n"
            f"Cookie: pressline={cookie}\r\n\r\n"
        ).encode()
        self.news = 0

    async def follow(self) -> None:
        reader, writer = await asyncio.open_connection(HOST, self._port)
        writer.write(self._request)
        try:
            async for line in reader:
                self.news += line.startswith(b"event:")
        finally:
            writer.close()


def run(quick: bool) -> Iterable[Report]:
    seconds = 5.0 if quick else SECONDS
    with ExitStack() as stack:
        at = stack.enter_context(exchange(SoftSwitch))
        callbox = stack.enter_context(pressline_box(at))
        home, port = home_at(at), free_port()
        command = [sys.executable, "-m", "appliance.panel"]
        given = surroundings(at, panel=f"{HOST}:{port}")
        panel = stack.enter_context(running(command, port, given))
        stack.enter_context(opened(home))
        wait_until_idle(panel)
        cookies = _cookies(home, port)
        pids = panel, callbox
        alone, followed = asyncio.run(_measure(at.sip, pids, port, cookies, seconds))
    yield _report(alone, followed, seconds)


def _cookies(home: Path, port: int) -> Sequence[str]:
    """Of ten people, each with five pages."""
    panel = RunningPanel(home, f"http://{HOST}:{port}")
    people = [user(Role.ADMINISTRATOR, name=f"follower-{number}") for number in range(10)]
    return [panel.cookie(people[number % 10]) for number in range(FOLLOWERS)]


async def _measure(
    switch: tuple[str, int],
    pids: tuple[int, int],
    port: int,
    cookies: Sequence[str],
    seconds: float,
) -> tuple[Spent, Spent]:
    calls = HeldCalls(switch, LOOP)
    try:
        await calls.grow(CALLS, PER_SECOND)
        alone = await _spent(calls, pids, seconds)
        followers = [Follower(port, cookie) for cookie in cookies]
        following = [asyncio.create_task(follower.follow()) for follower in followers]
        await asyncio.sleep(3.0)
        before = sum(follower.news for follower in followers)
        followed = await _spent(calls, pids, seconds)
        followed.news = sum(follower.news for follower in followers) - before
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)
        return alone, followed
    finally:
        await calls.end()


async def _spent(calls: HeldCalls, pids: tuple[int, int], seconds: float) -> Spent:
    panel, callbox = (CpuMeter(pid) for pid in pids)
    gaps = await calls.gaps(seconds)
    return Spent(
        panel.seconds() / seconds * 100,
        callbox.seconds() / seconds * 100,
        milliseconds_at(gaps, 99),
        calls.lost,
    )


def _report(alone: Spent, followed: Spent, seconds: float) -> Report:
    found = Report(f"panel_followers: {FOLLOWERS} live pages beside {CALLS} calls, embedded switch")
    found.add("CPU of a core, panel", followed.panel, "%", alone.panel)
    found.add("CPU of a core, callbox", followed.callbox, "%", alone.callbox)
    found.at_most("both, more than alone", followed.together - alone.together, "%", MOST_CPU)
    found.add("gap p99", followed.gap, "ms", alone.gap)
    found.at_most("calls lost", followed.lost, "calls", 0, alone.lost or None)
    found.at_least("news to each page", followed.news / FOLLOWERS / seconds, "a second", 0.5)
    found.notes.append("baseline: the same calls in the same run, with no page open")
    return found
