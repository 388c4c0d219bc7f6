"""Many pages that look at once ask the box little."""

from collections.abc import Callable

import pytest

from admin.errors import BoxAway
from admin.rooms.glances import MOST, Glances


def at(*moments: float) -> Callable[[], float]:
    left = list(moments)
    return lambda: left.pop(0)


def test_whoever_came_before_the_box_was_asked_shares_its_answer() -> None:
    asked: list[str] = []

    def ask() -> str:
        asked.append("asked")
        return f"answer {len(asked)}"

    # The first comes at 1 and asks at 3; the second had come at 2; the third comes at 4.
    glances = Glances(at(1, 3, 2, 4, 5))
    found = [glances.glance("room", ask) for _ in range(3)]
    assert found == ["answer 1", "answer 1", "answer 2"]


def test_of_a_box_that_is_away_all_who_wait_are_told_at_once() -> None:
    asked: list[str] = []

    def ask() -> None:
        asked.append("asked")
        raise BoxAway("away")

    glances = Glances(at(1, 3, 2))
    for _ in range(2):
        with pytest.raises(BoxAway, match="away"):
            glances.glance("room", ask)
    assert asked == ["asked"]


def test_things_are_looked_at_apart_and_their_number_is_bounded() -> None:
    glances = Glances()
    found = [glances.glance(f"room {n}", lambda n=n: n) for n in range(2 * MOST)]
    assert found == list(range(2 * MOST))
    assert len(glances._looks) <= MOST
