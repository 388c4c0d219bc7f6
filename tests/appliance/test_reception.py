"""A caller who is one too many."""

from typing import Any
from unittest.mock import Mock

import pytest

from appliance.reception import Reception


def reception(**given: Any) -> Reception:
    names = (
        *("live", "writer", "keeping", "watching", "live_calls", "figures"),
        *("when_over", "placed", "unrouted", "refuses"),
    )
    return Reception(**{name: given.get(name, Mock()) for name in names})


@pytest.mark.parametrize(("is_outbound", "left"), [(False, True), (True, False)])
def test_a_caller_too_many_is_left_to_the_last_resort_and_whom_we_called_is_served(
    *, is_outbound: bool, left: bool
) -> None:
    call = Mock(is_outbound=is_outbound, part=1)
    placed = Mock(return_value=None)  # nobody waits for it any more
    live = Mock(return_value=(Mock(), Mock()))
    desk = reception(refuses=lambda: True, placed=placed, live=live)
    desk.receive(call)
    assert call.leave.called is left
    assert placed.called is not left
