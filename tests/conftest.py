"""What holds for all tests."""

from collections.abc import Iterator

import pytest

from store import this_box
from tests import stores
from tests.store_key import give_key

give_key()  # for what is opened while tests are collected, and by fixtures of whole folders


@pytest.fixture(autouse=True, scope="module")
def forget_settings_before_boxes_are_made() -> None:
    _forget_settings()


@pytest.fixture(autouse=True)
def forget_settings() -> None:
    _forget_settings()


def _forget_settings() -> None:
    """Those that the last test has read have said where the key lies, and which box this is."""
    give_key()
    this_box.call_it("")


SQLITE_ALONE = "sqlite_alone(reason): has no meaning on PostgreSQL"

if stores.ON_SERVERS:
    stores.redirect()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", SQLITE_ALONE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        mark = item.get_closest_marker("sqlite_alone")
        if mark and stores.ON_SERVERS:
            item.add_marker(pytest.mark.skip(reason=f"SQLite alone: {mark.args[0]}"))


@pytest.fixture(autouse=stores.ON_SERVERS)
def _databases_go_with_their_test(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    folder = request.node.funcargs.get("tmp_path")
    if folder:
        stores.drop_below(folder)
