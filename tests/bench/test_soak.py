"""What a soak tells of a process that keeps something of its calls, and of one that does not."""

from bench.footprint import Footprint
from bench.report import Report
from bench.soak import _compare


def told(before: Footprint, after: Footprint, megabytes: list[float]) -> list[bool | None]:
    report = Report("soak")
    samples = [Footprint(each, before.files, before.threads) for each in megabytes]
    _compare(report, "callbox", before, after, samples)
    return [row.met for row in report.rows]


def test_a_process_that_keeps_nothing_meets_all_targets() -> None:
    rest = Footprint(100, 20, 3)
    assert told(rest, rest, [90, 95, 100, 100, 101, 99, 102, 103]) == [True, True, None, True]


def test_files_threads_and_memory_that_are_kept_are_told_apart() -> None:
    rest = Footprint(100, 20, 3)
    assert told(rest, Footprint(100, 21, 3), [100] * 8) == [False, True, None, True]
    assert told(rest, Footprint(100, 20, 4), [100] * 8) == [True, False, None, True]
    assert told(rest, rest, [100, 100, 100, 100, 105, 105, 106, 106]) == [True, True, None, False]
