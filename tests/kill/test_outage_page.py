"""The page's table keeps one line for each outage, and leaves all else alone."""

from pathlib import Path

from tests.kill.outages import keep

PAGE = Path("docs/outages.md")


def test_a_line_takes_the_place_of_the_one_that_told_of_the_same(tmp_path: Path) -> None:
    page = tmp_path / "outages.md"
    before = PAGE.read_text(encoding="utf-8")
    page.write_text(before, encoding="utf-8")
    keep(page, "embedded", "webphone restarted", "| embedded | webphone restarted | first |")
    keep(page, "embedded", "webphone killed", "| embedded | webphone killed | other |")
    keep(page, "embedded", "webphone restarted", "| embedded | webphone restarted | second |")
    lines = page.read_text(encoding="utf-8").splitlines()
    assert "| embedded | webphone restarted | second |" in lines
    assert "| embedded | webphone killed | other |" in lines
    assert not [line for line in lines if "| first |" in line]
    own = [line for line in before.splitlines() if "| webphone " not in line]
    assert [line for line in lines if "| webphone " not in line] == own
