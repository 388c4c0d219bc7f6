"""The paper's own database is away, slow, frozen or out of date: callers are told, at once."""

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
import pytest

from tests.contract.phone import Phone
from tests.end_to_end.box import OURS, Box
from tests.end_to_end.callers import call, kept
from tests.end_to_end.conftest import PhoneMaker
from tests.end_to_end.spoken import Spoken
from tests.end_to_end.test_a_subscriber_calls import END_DATE
from tests.end_to_end.waiting import eventually
from tests.servers import READER_PASSWORD, DatabaseServer, postgresql_url, running_postgresql
from tests.switch_plan import HOST

AWAY = "That cannot be looked up just now. Please call again later."
SLOW = "That cannot be looked up just now."
LIMIT = 2.0
"""Seconds that the slow query has; see paper.yaml."""


@pytest.fixture
def paper(rough_box: Box) -> Iterator[Path]:
    """The paper's database file; whole again afterwards."""
    path = rough_box.home / "daily.db"
    aside = path.with_suffix(".aside")
    yield path
    if aside.exists():
        aside.replace(path)


def test_a_database_that_is_gone_is_said_and_found_again_when_it_is_back(
    rough_box: Box, phones: PhoneMaker, rough_spoken: Spoken, paper: Path
) -> None:
    aside = paper.rename(paper.with_suffix(".aside"))
    phone = asks(phones("5550901"), rough_box)
    rough_spoken.wait_heard(AWAY, phone.line.heard)
    assert "subscription/sorry" in hang_up(phone, rough_box)
    aside.rename(paper)
    eventually(lambda: hears_end_date(phones("5550902"), rough_box), "it is found again", 60)


def asks(phone: Phone, box: Box, keys: str = "11234#", number: str = "100") -> Phone:
    call(phone, box, number).press(keys)
    return phone


def hang_up(phone: Phone, box: Box) -> list[str]:
    phone.hang_up()
    return box.ledger.path(kept(phone, box))


def hears_end_date(phone: Phone, box: Box) -> bool:
    """Whether a caller is told a fact."""
    asks(phone, box)
    told = Spoken(box)
    eventually(
        lambda: max(told.likeness(text, phone.line.heard()) for text in (END_DATE, AWAY)) > 0.9,
        "an answer of either kind",
    )
    return "subscription/tell" in hang_up(phone, box)


def test_an_old_rate_card_is_not_spoken(
    rough_box: Box, phones: PhoneMaker, rough_spoken: Spoken, paper: Path
) -> None:
    with closing(sqlite3.connect(paper)) as database, database:
        (confirmed,) = database.execute("SELECT confirmed_at FROM rate_card").fetchone()
        database.execute("UPDATE rate_card SET confirmed_at = '2020-01-01 00:00:00'")
    try:
        phone = asks(phones("5550903"), rough_box, "24")
        rough_spoken.wait_heard("We cannot give you a price just now.", phone.line.heard)
        assert "advertising/tell" not in hang_up(phone, rough_box)
    finally:
        with closing(sqlite3.connect(paper)) as database, database:
            database.execute("UPDATE rate_card SET confirmed_at = ?", (confirmed,))


def test_slow_questions_are_given_up_in_time_and_delay_no_other_caller(
    rough_box: Box, phones: PhoneMaker, rough_spoken: Spoken
) -> None:
    slow = [call(phones(f"555091{number}"), rough_box, "301") for number in range(6)]
    quick = asks(phones("5550904"), rough_box)
    rough_spoken.wait_heard(END_DATE, quick.line.heard)
    for phone in slow:
        rough_spoken.wait_heard(SLOW, phone.line.heard)
    assert look(slow[0], rough_box) < LIMIT + 1.5
    assert look(quick, rough_box) < LIMIT


def look(phone: Phone, box: Box) -> float:
    """Seconds that the call's query took."""
    phone.hang_up()
    (found,) = [s for s in box.ledger.steps(kept(phone, box)) if s.step == "look"]
    return found.seconds


PAPER = """
sources:
  archive: {{url: "{url}"}}
queries:
  archive:
    source: archive
    sql: SELECT title FROM issue ORDER BY number DESC LIMIT 1
    time_limit: 2s
routes:
  - {{number: "100", flow: main}}
  - {{number: "303", flow: archive}}
"""
FLOW = """
flow: archive
start: look
steps:
  look:
    query: {name: archive, store: issue}
    on: {empty: sorry, error: sorry}
    next: tell
  tell: {say: "The last issue is {{ issue.title }}.", next: bye}
  sorry: {say: "The archive cannot be asked just now.", next: bye}
  bye: {hangup: {}}
"""
TOLD = "The last issue is the winter number."


@pytest.fixture
def server() -> Iterator[DatabaseServer]:
    """A PostgreSQL of the test's own, since it is going to suffer."""
    made = running_postgresql.__wrapped__()
    with psycopg.connect(postgresql_url(made.port), autocommit=True) as admin:
        admin.execute("CREATE TABLE issue (number int, title text)")
        admin.execute("INSERT INTO issue VALUES (1, 'the winter number')")
        admin.execute(f"CREATE ROLE reader LOGIN PASSWORD '{READER_PASSWORD}'".encode())
        admin.execute("GRANT SELECT ON issue TO reader")
    yield made
    send(made, signal.SIGCONT)
    made.process.send_signal(signal.SIGQUIT)
    made.process.wait(60)


def send(server: DatabaseServer, number: signal.Signals) -> None:
    """To the server and to those of its processes that hold a connection each."""
    postmaster = psutil.Process(server.process.pid)
    for process in [postmaster, *postmaster.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(number)


def reader_url(server: DatabaseServer) -> str:
    return f"postgresql://reader:{quote(READER_PASSWORD, safe='')}@{HOST}:{server.port}/postgres"


@pytest.fixture
def archive(rough_box: Box, server: DatabaseServer, tmp_path: Path) -> Iterator[DatabaseServer]:
    """Number 303 asks it."""
    rough_box.take_in(PAPER.format(url=reader_url(server)))
    (tmp_path / "archive.yaml").write_text(FLOW)
    rough_box.reloaded_by("publish", str(tmp_path / "archive.yaml"))
    yield server
    rough_box.take_in((OURS / "paper.yaml").read_text())
    rough_box.reloaded_by("publish", str(OURS / "flows"))


@pytest.mark.parametrize("trouble", [signal.SIGQUIT, signal.SIGSTOP])
def test_a_postgresql_that_stops_or_freezes_is_said_in_time(
    rough_box: Box,
    phones: PhoneMaker,
    rough_spoken: Spoken,
    archive: DatabaseServer,
    trouble: signal.Signals,
) -> None:
    before = call(phones("5550905"), rough_box, "303")
    rough_spoken.wait_heard(TOLD, before.line.heard)
    send(archive, trouble)
    during = call(phones("5550906"), rough_box, "303")
    rough_spoken.wait_heard("The archive cannot be asked just now.", during.line.heard)
    assert look(during, rough_box) < LIMIT + 1.5
    assert hears_end_date(phones("5550907"), rough_box)
