"""Forwarding a message, with or without a comment."""

import pytest

from ivr_flows.ports import CallFailed
from ivr_flows.script import seconds_to_say
from ivr_flows.simulated_call import SimulatedCall
from tests.voicemail.access.doubles import Heard, On, inside, mailroom
from voicemail.access.words import actions, listening, menus
from voicemail.ports import Folder
from voicemail.simulated_listening import SHELVES

TO_FORWARD = ("1", "0", "1")
"""New messages, more choices, forward; asked after the first message."""


def comments(heard: Heard) -> list[object]:
    assert heard.room.shelves
    return list(heard.room.shelves["802"].comments)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_message_is_forwarded_as_it_is(language: str) -> None:
    heard = inside(*TO_FORWARD, "802#", "1", "2", "*", "#", room=mailroom(language=language))
    assert comments(heard) == [None]
    assert actions.CONFIRM_BOX[language].format(title="Sports desk") in heard.call.heard
    assert actions.FORWARDED[language] in heard.call.heard
    assert heard.ids(Folder.NEW) == ["m1", "m2", "m3"]
    assert heard.step.detail["forwarded to"] == "sport"


def test_a_comment_is_recorded_heard_recorded_again_and_kept() -> None:
    heard = inside(*TO_FORWARD, "802#", "1", "1", "2", "3", "1", "*", "#")
    assert comments(heard) == [SHELVES / "scratch-2.wav"]
    assert "[recording]" in heard.call.heard
    assert heard.call.heard.count(actions.SPEAK["en"]) == 2


def test_a_comment_that_is_given_up_forwards_nothing() -> None:
    heard = inside(*TO_FORWARD, "802#", "1", "1", "*", "*", "#")
    assert comments(heard) == []
    assert actions.NOT_FORWARDED["en"] in heard.call.heard


def test_a_comment_of_no_length_is_asked_for_again() -> None:
    heard = inside(*TO_FORWARD, "802#", "1", "1", "*", "#", speaks=0.5)
    assert actions.TOO_SHORT["en"] in heard.call.heard
    assert comments(heard) == []


@pytest.mark.parametrize("spoken", [0.5, 3.0])
def test_a_hang_up_during_the_comment_forwards_nothing(spoken: float) -> None:
    words = actions.SPEAK["en"]
    whole = inside(*TO_FORWARD, "802#", "1", "1", "1", "*", "#")
    begins = whole.moments[words] + seconds_to_say(words)
    heard = inside(*TO_FORWARD, "802#", "1", "1", "1", hangs_up=begins + spoken)
    assert heard.call.heard[-1] == words
    assert (heard.event, comments(heard)) == ("hangup", [])
    assert heard.run.trace[0].seconds == pytest.approx(begins + spoken)


def test_an_unknown_box_and_ones_own_are_refused_and_asked_again() -> None:
    heard = inside(*TO_FORWARD, "899#", "801#", "802#", "1", "2", "*", "#")
    assert actions.NO_SUCH_BOX["en"] in heard.call.heard
    assert actions.SAME_BOX["en"] in heard.call.heard
    assert comments(heard) == [None]


def test_another_box_can_be_chosen_when_the_title_is_not_the_one_meant() -> None:
    heard = inside(*TO_FORWARD, "802#", "2", "802#", "1", "2", "*", "#")
    assert heard.call.heard.count(actions.FORWARD_TO["en"]) == 2
    assert comments(heard) == [None]


@pytest.mark.parametrize("keys", [("*",), ("",), ("802#", "*"), ("802#", "1", "*"), ("899#",) * 3])
def test_every_way_back_forwards_nothing(keys: tuple[str, ...]) -> None:
    heard = inside(*TO_FORWARD, *keys, "*", "#")
    assert comments(heard) == []
    assert actions.NOT_FORWARDED["en"] in heard.call.heard
    assert heard.event == "done"


def test_what_could_not_be_forwarded_is_not_said_to_be() -> None:
    room = mailroom()
    room.away = {"forward"}
    heard = inside(*TO_FORWARD, "802#", "1", "2", "*", "#", room=room)
    assert listening.NOT_DONE["en"] in heard.call.heard
    assert actions.FORWARDED["en"] not in heard.call.heard
    assert heard.event == "done"


def test_after_forwarding_in_the_middle_of_a_message_it_goes_on_from_there() -> None:
    in_the_middle = On("[m1]", "0", after=6)
    heard = inside("1", in_the_middle, "1", "802#", "1", "2", "*", "#")
    assert heard.played[:2] == [("m1", 0), ("m1", 6)]


def test_a_disk_that_is_full_costs_the_comment_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object) -> None:
        raise CallFailed("record", "the disk is full")

    monkeypatch.setattr(SimulatedCall, "record", full)
    heard = inside(*TO_FORWARD, "802#", "1", "1", "*", "#")
    assert actions.NOT_FORWARDED["en"] in heard.call.heard
    assert menus.MAIN["en"] in heard.call.heard
    assert heard.event == "done"
