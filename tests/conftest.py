"""What holds for all tests."""

from collections.abc import Iterator

import pytest

from tests import stores
from tests.store_key import give_key

give_key()  # for what is opened while tests are collected, and by fixtures of whole folders


@pytest.fixture(autouse=True)
def key_to_the_store() -> None:
    """Anew for each test: settings that the last one has read say that the key lies in its home."""
    give_key()


SQLITE_ALONE = "sqlite_alone(reason): has no meaning on PostgreSQL"

if stores.ON_POSTGRESQL:
    stores.redirect()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", SQLITE_ALONE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        mark = item.get_closest_marker("sqlite_alone")
        if mark and stores.ON_POSTGRESQL:
            item.add_marker(pytest.mark.skip(reason=f"SQLite alone: {mark.args[0]}"))


@pytest.fixture(autouse=stores.ON_POSTGRESQL)
def _databases_go_with_their_test(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    folder = request.node.funcargs.get("tmp_path")
    if folder:
        stores.drop_below(folder)
