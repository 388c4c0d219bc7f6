"""The tables of `make bench` say plainly what was met."""

from bench.report import Report


def table(report: Report) -> list[list[str]]:
    lines = [line for line in report.text().splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_a_figure_stands_beside_its_baseline_and_their_ratio() -> None:
    report = Report("answers")
    report.add("Pressline", 30.0, "ms", 20.0)
    assert table(report)[2] == ["Pressline", "30 ms", "20", "1.5", "", ""]


def test_a_missed_target_is_seen() -> None:
    report = Report("answers")
    report.within("slow", 31.0, "ms", 1.5, 20.0)
    report.within("fast enough", 30.0, "ms", 1.5, 20.0)
    assert [row[-1] for row in table(report)[2:]] == ["MISSED", "met"]


def test_a_figure_that_was_never_measured_meets_no_target() -> None:
    report = Report("answers")
    report.at_most("nothing was heard", float("inf"), "ms", 60.0)
    assert table(report)[2][-1] == "MISSED"


def test_no_lost_call_is_allowed_where_the_target_is_none() -> None:
    report = Report("calls")
    report.at_most("lost", 0, "calls", 0)
    report.at_most("lost", 1, "calls", 0)
    assert [row[-2:] for row in table(report)[2:]] == [["none", "met"], ["none", "MISSED"]]
