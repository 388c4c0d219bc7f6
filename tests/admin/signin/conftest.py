"""A clock that stands still, and passwords that are hashed fast."""

import pytest
from argon2 import PasswordHasher

from admin.access import second_factor
from store import pins
from tests.admin.signin.person import Clock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(second_factor, "time", clock)
    return clock


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pins, "HASHER", PasswordHasher(1, 8, 1))
