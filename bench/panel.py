"""Server time of the panel's lists, searches and the overview, with a million calls."""

import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from flask.testing import FlaskClient

from appliance.home import Home
from store.models import Call
from tests.admin.panels import a_panel, signed_in, without_csrf

from .box_home import opened
from .panel_rows import fill
from .report import Report

CALLS, MESSAGES = 1_000_000, 100_000
QUICK = 20
"""How many times fewer, when it is to be quick."""
ASKED = 25
"""Times that each page is asked for."""
LIST_LIMIT, OVERVIEW_LIMIT = 150.0, 250.0
"""Milliseconds."""
PAGES: Mapping[str, str] = {
    "overview": "/",
    "overview, what has changed": "/now",
    "calls, newest": "/calls/",
    "calls, a whole number": "/calls/?number={number}",
    "calls, number ends with four digits": "/calls/?number={end}",
    "calls, number begins with": "/calls/?number=%2B491000&how=begins",
    "calls, number has in it": "/calls/?number=31415&how=part",
    "calls, a flow that most have": "/calls/?flow=main",
    "calls, a flow that few have": "/calls/?flow=rare",
    "calls, failed": "/calls/?state=failed",
    "calls, two things that few have together": "/calls/?flow=rare&state=failed&dialled=100",
    "calls, a tag": "/calls/?tag=scoop",
    "calls, days of a flow": "/calls/?flow=ads&since={since}&until={since}",
    "calls, nothing like that": "/calls/?state=lost&flow=ads",
    "one call": "/calls/{call}",
    "messages, new": "/inbox/",
    "messages, a word": "/inbox/?search=harbour",
    "messages, a rare word": "/inbox/?search=lane+271",
}


@dataclass(frozen=True, slots=True)
class Timed:
    """Milliseconds of each answer of a page."""

    page: str
    spent: Sequence[float]
    cpu: Sequence[float]
    """What this process used of it: the same on a busy machine."""

    @property
    def p95(self) -> float:
        return float(np.percentile(self.spent, 95))

    @property
    def cpu_p95(self) -> float:
        return float(np.percentile(self.cpu, 95))


def run(quick: bool) -> Iterable[Report]:
    share = QUICK if quick else 1
    with _panel(0, 0) as client:
        empty = {timed.page: timed for timed in _timed(client)}
    with _panel(CALLS // share, MESSAGES // share) as client:
        found = list(_timed(client))
    yield _report(found, empty, share)
    yield _cpu_report(found, empty)


@contextmanager
def _panel(calls: int, messages: int) -> Iterator[FlaskClient]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        home = Path(folder)
        with opened(home):
            Home(home).make()
            fill(calls or 1, messages or 1)
            yield signed_in(without_csrf(a_panel(home)))


def _timed(client: FlaskClient) -> Iterator[Timed]:
    rows = list(Call.select().order_by(Call.started_at.desc()).limit(4_000))
    for page, address in PAGES.items():
        spent, cpu = [], []
        for number in range(ASKED):
            call = rows[number * len(rows) // ASKED]
            url = address.format(
                call=call.uuid,
                number=call.caller_number.removeprefix("+"),
                end=call.caller_number[-4:],
                since=f"{call.started_at:%Y-%m-%d}",
            )
            began, before = time.perf_counter(), time.process_time()
            answer = client.get(url)
            spent.append((time.perf_counter() - began) * 1000)
            cpu.append((time.process_time() - before) * 1000)
            assert answer.status_code == 200, url
        yield Timed(page, spent, cpu)


def _report(found: Sequence[Timed], empty: Mapping[str, Timed], share: int) -> Report:
    calls, messages = CALLS // share, MESSAGES // share
    report = Report(f"panel: server time at p95, {calls:,} calls and {messages:,} messages")
    for timed in found:
        report.at_most(timed.page, timed.p95, "ms", _limit(timed), empty[timed.page].p95)
    report.notes.append(
        f"baseline: the same page over a store with one call and one message; each page {ASKED} "
        "times, of different calls, the first time included; SQLite"
    )
    return report


def _cpu_report(found: Sequence[Timed], empty: Mapping[str, Timed]) -> Report:
    report = Report("panel: of it, CPU time at p95")
    for timed in found:
        report.at_most(timed.page, timed.cpu_p95, "ms", _limit(timed), empty[timed.page].cpu_p95)
    report.notes.append("what the answers took where nothing else wanted the processor")
    return report


def _limit(timed: Timed) -> float:
    return OVERVIEW_LIMIT if timed.page.startswith("overview") else LIST_LIMIT
