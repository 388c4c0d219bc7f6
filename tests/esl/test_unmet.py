"""Callers who hang up before anyone has heard of them, read from the last event of the channel."""

import json
from datetime import UTC, datetime

import pytest

from esl.event import Event
from esl.unmet import unmet
from ivr_flows.ports import Party

TOLD = {
    "Event-Name": "CHANNEL_HANGUP_COMPLETE",
    "Unique-ID": "abc",
    "Call-Direction": "inbound",
    "Hangup-Cause": "ORIGINATOR_CANCEL",
    "Caller-Caller-ID-Number": "5551234",
    "Caller-Caller-ID-Name": "Ann",
    "Caller-Destination-Number": "100",
    "Caller-Channel-Created-Time": "1795348800000000",
    "Caller-Channel-Answered-Time": "0",
    "Caller-Channel-Hangup-Time": "1795348802500000",
    "variable_current_application": "socket",
    "variable_sip_call_id": "def@there",
}


def event(**changed: str) -> Event:
    return Event(json.dumps(TOLD | changed).encode())


def test_who_called_whom_and_when() -> None:
    found = unmet(event())
    assert found is not None
    assert (found.call, found.sip_call_id, found.cause) == ("abc", "def@there", "ORIGINATOR_CANCEL")
    assert (found.caller, found.dialled) == (Party("5551234", "Ann", False), "100")
    assert found.began == datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert (found.ended - found.began).total_seconds() == 2.5


def test_a_number_withheld_stays_so() -> None:
    found = unmet(event(**{"Caller-Privacy-Hide-Number": "true"}))
    assert found is not None
    assert found.caller == Party("", "", True)


@pytest.mark.parametrize(
    "other",
    [
        {"Event-Name": "CHANNEL_HANGUP"},
        {"Call-Direction": "outbound"},
        {"variable_current_application": "record"},
        {"variable_current_application": ""},
    ],
)
def test_others_are_served_or_called_or_live(other: dict[str, str]) -> None:
    assert unmet(event(**other)) is None


@pytest.mark.parametrize("odd", ["", "0", "-1", "many", "9" * 40, "²"])
def test_a_moment_that_is_none_is_left_to_the_other(odd: str) -> None:
    found = unmet(event(**{"Caller-Channel-Created-Time": odd}))
    assert found is not None
    assert found.began == found.ended
    assert unmet(event(**{"Caller-Channel-Hangup-Time": odd})) is not None


def test_a_name_of_ten_thousand_characters_is_cut() -> None:
    found = unmet(event(**{"Caller-Caller-ID-Name": "x" * 10_000}))
    assert found is not None
    assert len(found.caller.name) == 256
