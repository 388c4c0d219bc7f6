"""What holds for all tests."""

import pytest

from tests.store_key import give_key

give_key()  # for what is opened while tests are collected, and by fixtures of whole folders


@pytest.fixture(autouse=True)
def key_to_the_store() -> None:
    """Anew for each test: settings that the last one has read say that the key lies in its home."""
    give_key()
