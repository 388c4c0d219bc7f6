from typing import Any

import pytest

from admin.health import Health
from appliance.callbox_health import judged


def told(**state: Any) -> Health:
    return judged(Health(True, "alive", state))


def test_a_callbox_that_serves_everybody_is_well() -> None:
    health = told(overload={"lately": "", "refused": 4}, writer={"away": "", "dropped": 0})
    assert (health.ok, health.message) == (True, "alive")
    assert told().ok


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ({"overload": {"lately": "500 calls are up"}}, "500 calls are up"),
        ({"writer": {"away": "the store does not answer: disk I/O error"}}, "disk I/O error"),
        ({"writer": {"dropped": 3}}, "3 entries of calls are lost"),
    ],
)
def test_what_callers_or_their_records_suffer_is_told(state: dict[str, Any], word: str) -> None:
    health = told(**state)
    assert not health.ok
    assert word in health.message


def test_a_callbox_that_is_away_is_told_as_that() -> None:
    away = Health(False, "gave its last sign 20 s ago", {"overload": {"lately": "x"}})
    assert judged(away) == away
