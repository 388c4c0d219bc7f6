"""What a caller hears before the tone."""

from pathlib import Path

import pytest

from ivr_flows.ports import CallFailed
from tests.voicemail.deposit.calls import Strike, leave
from voicemail.deposit.words import AWAY, BUSY, CLOSED, INVITATION, REACHED
from voicemail.ports import Box, Door, Greeting
from voicemail.simulated import SimulatedMailroom


def room_with(greeting: Greeting | None = None, *, title: str = "") -> SimulatedMailroom:
    return SimulatedMailroom(doors={"desk": Door(Box(1, "desk", title), greeting)})


def test_a_box_without_a_greeting_greets_with_its_title() -> None:
    heard = leave(room=room_with(title="the news desk")).call.heard
    assert heard[:2] == ["You have reached the news desk.", INVITATION["en"]]


@pytest.mark.parametrize(("kind", "words"), [("busy", BUSY), ("away", AWAY), ("closed", CLOSED)])
def test_a_kind_of_greeting_that_the_box_lacks_has_usual_words(
    kind: str, words: dict[str, str]
) -> None:
    heard = leave(f"{{box: desk, greeting: {kind}}}", room_with(title="Ann")).call.heard
    assert heard[:3] == [REACHED["en"].format(title="Ann"), words["en"], INVITATION["en"]]


def test_the_box_says_which_kind_fits_now() -> None:
    assert leave(room=room_with(Greeting("closed"))).call.heard[0] == CLOSED["en"]


def test_the_owners_words_are_spoken() -> None:
    left = leave(room=room_with(Greeting("standard", "This is Ann, speak.")))
    assert left.call.heard[0] == "This is Ann, speak."
    assert INVITATION["en"] not in left.heard


def test_the_owners_recording_is_played() -> None:
    left = leave(room=room_with(Greeting("away", path=Path("/greetings/1-away.wav"))))
    assert left.call.heard[0] == "[greeting: away]"
    assert INVITATION["en"] not in left.heard


def test_a_recording_that_cannot_be_played_gives_way_to_the_usual_words() -> None:
    room = room_with(Greeting("away", path=Path("/gone.wav")), title="Ann")
    strike = Strike(1, lambda: CallFailed("play", "FILE NOT FOUND"))
    left = leave(room=room, strike=strike)
    assert left.call.heard[:3] == ["You have reached Ann.", AWAY["en"], INVITATION["en"]]
    assert left.takes == [1]


def test_the_flows_own_words_stand_before_the_boxs_greeting() -> None:
    room = room_with(Greeting("standard", "This is Ann."))
    left = leave('{box: desk, say: "Speak now."}', room)
    assert left.call.heard[0] == "Speak now."
    assert "This is Ann." not in left.heard


def test_own_words_with_a_missing_value_give_way_to_the_usual_ones() -> None:
    left = leave('{box: desk, say: "Dear {{ caller.first_name }}."}', room_with(title="Ann"))
    assert left.call.heard[0] == "You have reached Ann."
    assert left.takes == [1]


def test_a_greeting_of_none_is_the_tone_alone() -> None:
    left = leave("{box: desk, greeting: none, review: false}", room_with(title="Ann"))
    assert left.call.operations == ["record", "play"]


def test_any_key_leads_to_the_tone_at_once() -> None:
    left = leave("{box: desk, review: false}", room_with(title="Ann"), presses=[(0.5, "5")])
    assert INVITATION["en"] not in left.heard
    assert left.call.operations == ["listen", "record", "play"]
    assert left.takes == [1]


def test_the_star_key_is_a_key_like_others_where_the_flow_knows_no_owner() -> None:
    left = leave("{box: desk, review: false}", room_with(title="Ann"), presses=[(0.5, "*")])
    assert left.takes == [1]


def test_the_star_key_leads_the_owner_to_the_mailbox() -> None:
    left = leave(
        "{box: desk, owner: z}", presses=[(0.5, "*")], to="on: {}", then='{say: "Your PIN?"}'
    )
    assert left.call.heard[-1] == "Your PIN?"
    assert left.takes == []
    assert [none.reason for none in left.room.discarded] == ["an owner went to the mailbox instead"]


def test_the_row_stands_before_the_greeting() -> None:
    left = leave(room=room_with(title="Ann"), hangs_up=0.1)
    assert left.call.operations == ["listen"]
    assert [draft.box.name for draft in left.room.begun] == ["desk"]


@pytest.mark.parametrize(
    ("step", "language"),
    [
        ("desk", "zh"),
        ("{box: desk, language: yue}", "yue"),
        ('{box: desk, language: "{{ language }}"}', "en"),
        ('{box: desk, language: "{{ dialed }}"}', "zh"),
    ],
)
def test_the_language_is_that_of_the_step_else_of_the_box(step: str, language: str) -> None:
    room = SimulatedMailroom(doors={"desk": Door(Box(1, "desk", language="zh"))})
    assert leave(step, room).call.heard[0] == INVITATION[language]


def test_a_box_in_a_language_that_nobody_speaks_here_keeps_that_of_the_call() -> None:
    room = SimulatedMailroom(doors={"desk": Door(Box(1, "desk", language="tlh"))})
    assert leave(room=room).call.heard[0] == INVITATION["en"]
