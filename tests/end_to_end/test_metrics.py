"""Calls are counted, and what they sounded like is kept with them."""

import re

from tests.appliance.metrics.scraped import Figures, scrape
from tests.end_to_end.box import Box
from tests.end_to_end.waiting import eventually
from tests.provisioning.grafana.named import named

CALLS = 2
JOBS = re.compile(r"pressline_jobs?_")
"""Of the worker, once it has done a job: tests/appliance/metrics/test_worker_figures.py."""
PARTS = ("callbox", "worker", "pulse", "processes", "switch", "store", "home", "upkeep")


def ended(figures: Figures) -> float:
    return figures.value("pressline_calls_ended_total", flow="main")


def test_calls_that_were_placed_are_in_the_figures(box: Box) -> None:
    eventually(lambda: "pressline_calls_live" in scrape(box.panel).names, "figures are there")
    before = scrape(box.panel)
    for _ in range(CALLS):
        box.command("call", "100", "--limit", "5")
    eventually(lambda: ended(scrape(box.panel)) >= ended(before) + CALLS, "both are counted")
    after = scrape(box.panel)

    def more(name: str, **labels: str) -> float:
        return after.value(name, **labels) - before.value(name, **labels)

    assert more("pressline_calls_started_total", flow="main", direction="in") == CALLS
    assert more("pressline_call_seconds_count") == CALLS
    assert more("pressline_call_answer_seconds_count") == CALLS
    assert more("pressline_steps_total") >= CALLS
    assert more("pressline_call_loss_ratio_count") >= CALLS


def test_every_part_of_the_box_tells_its_figures(box: Box) -> None:
    found = scrape(box.panel)
    for part in PARTS:
        assert found.value("pressline_figures_missing", part=part) == 0, part
    assert found.value("pressline_switch_up") == 1
    assert found.value("pressline_store_up") == 1
    for process in ("callbox", "worker"):
        assert found.value("pressline_up", process=process) == 1
        assert found.value("pressline_process_memory_bytes", process=process) > 1e6
    assert found.value("pressline_disk_free_bytes") > 0


def test_what_a_call_sounded_like_is_kept_with_it(box: Box) -> None:
    box.command("call", "100", "--limit", "5")
    eventually(lambda: box.ledger.ask(MEASURED) != [], "the switch has measured a call")
    for packets, loss, jitter in box.ledger.ask(MEASURED):
        assert packets > 0
        assert 0 <= loss <= 1
        assert 0 <= jitter < 10


MEASURED = 'SELECT packets, loss, jitter FROM "call" WHERE packets IS NOT NULL'


def test_every_figure_that_dashboard_and_alerts_name_is_given_out(box: Box) -> None:
    eventually(lambda: "pressline_calls_live" in scrape(box.panel).names, "figures are there")
    wanted = {name for name in named() if not JOBS.match(name)}
    assert len(wanted) > 30
    assert wanted - scrape(box.panel).promised == set()
