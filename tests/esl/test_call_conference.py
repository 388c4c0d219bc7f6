"""Going into rooms, against a scripted switch over a real socket."""

from pathlib import Path
from typing import Any

import pytest

from ivr_flows.ports import CallFailed, Prompt, Role, RoomOutcome, SwitchLost
from tests.esl import frames
from tests.esl.conftest import Desk
from tests.esl.peer import CallPeer


def answered(peer: CallPeer) -> None:
    peer.describe(Answer_State="answered", variable_playback_terminators="any")


def entered(peer: CallPeer) -> tuple[set[str], str, str]:
    """The settings before it, the application's mark and its argument."""
    answered(peer)
    settings = set(peer.application("multiset")[1].removeprefix("^^|").split("|"))
    return settings, *peer.application("conference")


@pytest.mark.parametrize(
    ("role", "more", "argument"),
    [
        (Role.LISTENER, {}, "news@pressline-room+flags{mute}"),
        (Role.SPEAKER, {}, "news@pressline-room"),
        (Role.MODERATOR, {}, "news@pressline-room+flags{moderator}"),
        (Role.LISTENER, {"hall": True}, "news@pressline-hall+flags{mute}"),
        (Role.SPEAKER, {"wait_for_moderator": True}, "news@pressline-room+flags{wait-mod}"),
        (
            Role.LISTENER,
            {"hall": True, "wait_for_moderator": True},
            "news@pressline-hall+flags{mute|wait-mod}",
        ),
    ],
)
def test_a_room_is_joined_in_a_role(
    desk: Desk, role: Role, more: dict[str, Any], argument: str
) -> None:
    def switch(peer: CallPeer) -> None:
        settings, uuid, given = entered(peer)
        assert {"conference_moh_sound=", "hangup_after_conference=false"} < settings
        assert given == argument
        peer.complete(uuid, variable_conference_uuid="id")
        peer.expect_hangup()

    found = desk.run(switch, lambda call: call.conference("news", role, **more))
    assert found is RoomOutcome.SHOWN_OUT


def test_music_is_the_room_s(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        settings, uuid, _ = entered(peer)
        assert "conference_moh_sound=/music.wav" in settings
        peer.complete(uuid, variable_conference_uuid="id")
        peer.expect_hangup()

    music = Prompt(Path("/music.wav"))
    desk.run(switch, lambda call: call.conference("news", Role.SPEAKER, music=music))


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [(b"locked", RoomOutcome.LOCKED), (b"-ERR no reply\n", RoomOutcome.FULL)],
)
def test_who_is_kept_out_is_told_why(desk: Desk, answer: bytes, outcome: RoomOutcome) -> None:
    def switch(peer: CallPeer) -> None:
        _, uuid, _ = entered(peer)
        peer.complete(uuid)
        peer.expect("api conference news get is_locked")
        peer.send(frames.api_response(answer))
        peer.expect_hangup()

    assert desk.run(switch, lambda call: call.conference("news", Role.SPEAKER)) is outcome


def test_a_room_that_cannot_be_opened_is_a_failure(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        _, uuid, _ = entered(peer)
        peer.complete(uuid)
        peer.expect("api conference news get is_locked")
        peer.send(frames.api_response("-ERR Conference news not found\n"))
        peer.expect_hangup()

    with pytest.raises(CallFailed, match="not found"):
        desk.run(switch, lambda call: call.conference("news", Role.SPEAKER))


def test_a_switch_that_dies_at_the_question_is_lost(desk: Desk) -> None:
    def switch(peer: CallPeer) -> None:
        _, uuid, _ = entered(peer)
        peer.complete(uuid)
        peer.expect("api conference news get is_locked")

    with pytest.raises(SwitchLost):
        desk.run(switch, lambda call: call.conference("news", Role.SPEAKER))


@pytest.mark.parametrize("name", ["a+flags{moderator}", "", "a b", "a@default", "list", "x" * 65])
def test_a_room_that_is_none_is_not_joined(desk: Desk, name: str) -> None:
    def switch(peer: CallPeer) -> None:
        answered(peer)
        peer.expect_hangup()

    with pytest.raises(CallFailed, match="cannot name a room"):
        desk.run(switch, lambda call: call.conference(name, Role.SPEAKER))
