"""The fixture that gives tests any number of phones and hangs them all up."""

from collections.abc import Callable, Iterator

import pytest

from tests.contract.phone import Manners, Phone

PhoneMaker = Callable[..., Phone]


@pytest.fixture
def phones() -> Iterator[PhoneMaker]:
    made: list[Phone] = []

    def make(number: str = "5551234", manners: Manners | None = None) -> Phone:
        made.append(Phone(number, manners))
        return made[-1]

    yield make
    for phone in made:
        phone.close()
