"""Calls that a dead callbox left in silence are sent to the last resort."""

import json
import logging
from pathlib import Path

import pytest

from appliance.left_calls import fetch_left, try_to_fetch
from appliance.settings import Address, Settings
from tests.esl import frames
from tests.esl.peer import Peer, listening

LEFT = {"uuid": "a1", "dest": "100", "context": "public", "application": "socket"}
PLACED = {"uuid": "b2", "dest": "200", "application": "socket", "direction": "outbound"}
SPEAKING = {"uuid": "c3", "dest": "100", "context": "public", "application": "playback"}


def settings(home: Path, address: tuple[str, int]) -> Settings:
    return Settings(home=home, esl=Address(*address), esl_password="secret")


def test_calls_that_wait_for_a_first_word_are_sent_through_the_dialplan_anew(
    tmp_path: Path,
) -> None:
    asked: list[str] = []

    def switch(peer: Peer) -> None:
        peer.greet()
        peer.expect("api show channels as json")
        peer.send(frames.api_response(json.dumps({"rows": [LEFT, SPEAKING, PLACED]})))
        while command := peer.command():
            asked.append(command)
            peer.send(frames.api_response("+OK"))

    with listening(switch) as address:
        assert fetch_left(settings(tmp_path, address)) == 2
    assert asked == ["api uuid_transfer a1 100 XML public", "api uuid_kill b2"]


def test_a_switch_that_is_away_has_none(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    try_to_fetch(settings(tmp_path, ("127.0.0.1", 9)))
    assert "no look for calls" in caplog.text
