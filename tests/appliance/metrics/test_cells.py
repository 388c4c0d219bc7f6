"""Counters of the call's loop."""

from pathlib import Path

from appliance.metrics.cells import MOST_LABELS, OTHER, Counted, Measured
from appliance.metrics.figures_file import as_text, read, write
from tests.appliance.metrics.scraped import Figures


def figures(*cells: Counted | Measured) -> Figures:
    return Figures(as_text(lambda: [cell.family() for cell in cells]).decode())


def test_what_is_counted_is_told_by_its_labels() -> None:
    calls = Counted("calls", "Calls.", "end", "flow")
    for flow in ("main", "main", "tips"):
        calls.add("finished", flow)
    found = figures(calls)
    assert found.value("calls_total", flow="main") == 2
    assert found.value("calls_total") == 3


def test_without_labels_it_begins_at_nought() -> None:
    assert figures(Counted("bad", "Bad.")).value("bad_total") == 0
    assert "bad_total" in figures(Counted("bad", "Bad.")).names


def test_a_flood_of_labels_stays_bounded_and_is_counted_all_the_same() -> None:
    calls = Counted("calls", "Calls.", "flow")
    for number in range(3 * MOST_LABELS):
        calls.add(f"flow-{number}")
    found = figures(calls)
    assert found.value("calls_total") == 3 * MOST_LABELS
    assert found.value("calls_total", flow=OTHER) == 2 * MOST_LABELS


def test_labels_that_mean_something_to_prometheus_are_only_text() -> None:
    odd = 'a"b\\c\nd{x="1"} 9'
    calls = Counted("calls", "Calls.", "flow")
    calls.add(odd)
    assert figures(calls).value("calls_total", flow=odd) == 1


def test_a_measure_falls_into_every_bucket_that_is_wide_enough() -> None:
    waits = Measured("wait_seconds", "Waits.", "task", bounds=(0.1, 1.0))
    for seconds in (0.1, 0.5, 7.0):
        waits.add(seconds, "query")
    found = figures(waits)
    assert found.value("wait_seconds_bucket", task="query", le="0.1") == 1
    assert found.value("wait_seconds_bucket", task="query", le="1.0") == 2
    assert found.value("wait_seconds_bucket", task="query", le="+Inf") == 3
    assert found.value("wait_seconds_sum") == 7.6
    assert found.value("wait_seconds_count") == 3


def test_figures_go_through_their_file_unchanged(tmp_path: Path) -> None:
    calls = Counted("pressline_calls_started", "Calls.", "flow")
    calls.add("main")
    write(tmp_path / "deep" / "callbox.prom", lambda: [calls.family()])
    text = as_text(lambda: read(tmp_path / "deep" / "callbox.prom")).decode()
    assert Figures(text).value("pressline_calls_started_total", flow="main") == 1


def test_a_process_that_was_never_there_has_no_figures(tmp_path: Path) -> None:
    assert list(read(tmp_path / "callbox.prom")) == []
