"""One installation for all tests of this folder, in the order of their files and lines."""

from collections.abc import Iterator

import pytest

from .installation import Installation, made
from .root import Booted, booted, missing
from .waiting import until


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if why := missing():
        for item in items:
            if "tests/install" in str(item.path):
                item.add_marker(pytest.mark.skip(reason=why))


@pytest.fixture(scope="session")
def installation() -> Installation:
    return made()


@pytest.fixture(scope="session")
def box(installation: Installation) -> Iterator[Booted]:
    """The installed system, booted, with the example paper."""
    with booted(installation.root) as box:
        yield at_work(box)


def at_work(box: Booted) -> Booted:
    """With the example paper."""
    until(lambda: "running" in box.said("systemctl", "is-system-running"), "systemd is up")
    until(lambda: _calls_are_taken(box), "the callbox takes calls")
    assert box.run("pressline", "demo").returncode == 0
    until(lambda: "404" not in box.said("pressline", "call", "100", "--limit", "1"), "flows")
    return box


def _calls_are_taken(box: Booted) -> bool:
    return box.run("systemctl", "is-active", "pressline-callbox").returncode == 0
