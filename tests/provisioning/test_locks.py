"""The lock files: what a box gets is what was developed and tested with, and nothing beside."""

import re
from pathlib import Path

PROJECT = Path(__file__).parents[2]
TOOLS = {"pytest", "mypy", "ruff", "selenium", "uv"}


def _locked(name: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Version and hashes, by package."""
    found = {}
    for entry in re.split(r"\n(?=\w)", _text(name)):
        package, _, rest = entry.partition("==")
        found[package] = rest.split()[0], frozenset(re.findall(r"--hash=(\S+)", rest))
    return found


def _text(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def test_a_box_gets_what_was_tested_and_none_of_the_developers_tools() -> None:
    box, developers = _locked("requirements.lock"), _locked("requirements-dev.lock")
    assert all(hashes for _, hashes in box.values())
    assert box.items() <= developers.items()
    assert developers.keys() - box.keys() >= TOOLS


def test_no_lock_names_where_packages_come_from() -> None:
    assert not re.search(
        r"://|--index", _text("requirements.lock") + _text("requirements-dev.lock")
    )
