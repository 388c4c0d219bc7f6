"""docs/security.md: each threat has a control and a test, and each test is there."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "security.md"
NAMED = re.compile(r"`(tests/[^`]+)`")


def section(page: str, title: str) -> str:
    return page.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def threats(page: str) -> Iterator[tuple[str, str, list[str]]]:
    """Threat, control and tests of each row; rows in bold are headings."""
    for line in section(page, "Threats").splitlines()[3:]:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 3 and not cells[0].startswith("**"):
            yield cells[0], cells[1], NAMED.findall(cells[2])


@cache
def names_in(path: Path) -> frozenset[str]:
    if not path.is_file():
        return frozenset()
    found = ast.walk(ast.parse(path.read_text()))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in found if isinstance(node, kinds))


def is_there(test: str) -> bool:
    path, _, name = test.partition("::")
    return name.startswith("test_") and name in names_in(ROOT / path)


ROWS = list(threats(PAGE.read_text()))


@pytest.mark.parametrize(("threat", "control", "tests"), ROWS, ids=[row[0] for row in ROWS])
def test_a_threat_has_a_control_and_tests_that_are_there(
    threat: str, control: str, tests: list[str]
) -> None:
    assert control, f"{threat}: what stands in the way?"
    assert tests, f"{threat}: which test tries it? Without one it belongs under What is open"
    assert [test for test in tests if not is_there(test)] == []


def test_the_page_is_read_at_all() -> None:
    assert len(ROWS) > 40


def test_a_test_that_is_not_there_is_noticed() -> None:
    assert not is_there("tests/security/test_threats.py::test_of_nothing")
    assert not is_there("tests/security/test_nothing.py::test_of_nothing")
    assert not is_there("tests/security/test_threats.py")


def test_what_is_open_is_told() -> None:
    assert section(PAGE.read_text(), "What is open").count("\n- ") >= 3
