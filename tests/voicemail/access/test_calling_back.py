"""Calling the sender, and being back in the mailbox."""

from collections.abc import Sequence

import pytest

from ivr_flows.ports import BridgeOutcome, BridgeRule, CallFailed, Party, Target
from ivr_flows.simulated_call import SimulatedCall
from ivr_flows.trace import RunEnd
from tests.voicemail.access.doubles import Heard, inside, mailroom
from voicemail.access.words import actions, menus
from voicemail.ports import Letter
from voicemail.simulated_listening import letter

TO_CALL = ("1", "0", "2")
"""New messages, more choices, call the sender; asked after the first message."""


def from_sender(number: str = "5550101", callback: str = "", *, withheld: bool = False) -> Letter:
    first = letter(1)
    sender = Party(number, withheld=withheld)
    return Letter("m1", first.path, first.started_at, 20.0, sender, callback_number=callback)


def calling(message: Letter, *keys: str, language: str = "en", **options: object) -> Heard:
    return inside(*TO_CALL, *keys, "*", "#", room=mailroom([message], language=language), **options)


def test_the_number_is_confirmed_in_words_then_rung_then_one_is_back() -> None:
    heard = calling(from_sender(), "1")
    assert "The number is five five five, zero one zero one. To call it" in heard.words
    assert heard.call.dialled == ["5550101"]
    assert f"{actions.BACK_HERE['en']} {menus.AFTER['en']}" in heard.words
    assert (heard.event, heard.run.end) == ("done", RunEnd.FINISHED)


def test_in_mandarin() -> None:
    heard = calling(from_sender(), "1", language="zh")
    assert "号码是五五五，零幺零幺。拨打请按1。" in heard.words
    assert actions.BACK_HERE["zh"] in heard.call.heard


def test_the_number_that_the_caller_left_goes_before_the_one_called_from() -> None:
    assert calling(from_sender(callback="5550199"), "1").call.dialled == ["5550199"]


def test_a_number_left_by_a_withheld_caller_is_called() -> None:
    withheld = from_sender("5550101", "5550199", withheld=True)
    assert calling(withheld, "1").call.dialled == ["5550199"]


@pytest.mark.parametrize("sender", [from_sender(withheld=True), from_sender("")])
def test_without_a_number_nobody_is_called(sender: Letter) -> None:
    heard = calling(sender)
    assert actions.NO_NUMBER["en"] in heard.call.heard
    assert (heard.call.dialled, heard.event) == ([], "done")


@pytest.mark.parametrize("number", ["+881999", "0900123", "x; hangup", "\x00"])
def test_a_number_that_may_not_be_dialled_is_refused_politely(number: str) -> None:
    room = mailroom([from_sender(number)])
    room.numbers = {"5550101": [Target("user", "5550101")], "\x00": [Target("user", "1")]}
    heard = inside(*TO_CALL, "*", "#", room=room)
    assert actions.MAY_NOT_CALL["en"] in heard.call.heard
    assert (heard.call.dialled, heard.event) == ([], "done")


@pytest.mark.parametrize("keys", [("*",), ("", "", "")])
def test_without_a_yes_nobody_is_called(keys: tuple[str, ...]) -> None:
    assert calling(from_sender(), *keys).call.dialled == []


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (BridgeOutcome.BUSY, actions.BUSY),
        (BridgeOutcome.NO_ANSWER, actions.NO_ANSWER),
        (BridgeOutcome.REFUSED, actions.NO_ANSWER),
        (BridgeOutcome.UNREACHABLE, actions.NOT_REACHED),
        (BridgeOutcome.FAILED, actions.NOT_REACHED),
    ],
)
def test_it_is_said_why_nobody_was_reached(outcome: BridgeOutcome, words: dict[str, str]) -> None:
    heard = calling(from_sender(), "1", answers={"5550101": outcome})
    assert f"{words['en']} {actions.BACK_HERE['en']}" in heard.words
    assert heard.event == "done"


def test_a_switch_that_refuses_to_dial_does_not_end_the_visit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuses(self: SimulatedCall, targets: Sequence[Target], rule: BridgeRule) -> None:
        raise CallFailed("bridge", "INVALID_PROFILE")

    monkeypatch.setattr(SimulatedCall, "bridge", refuses)
    heard = calling(from_sender(), "1")
    assert actions.NOT_REACHED["en"] in heard.call.heard
    assert heard.event == "done"


def test_hanging_up_while_talking_to_the_sender_is_a_transfer() -> None:
    whole = calling(from_sender(), "1")
    talking = whole.moments[actions.BACK_HERE["en"]] - 30
    heard = inside(*TO_CALL, "1", room=mailroom([from_sender()]), hangs_up=talking)
    assert (heard.event, heard.run.end) == ("hangup", RunEnd.TRANSFERRED)


@pytest.mark.parametrize(
    ("keys", "options", "outcome"),
    [
        (("1",), {}, BridgeOutcome.ANSWERED),
        (("1",), {"answers": {"5550101": BridgeOutcome.BUSY}}, BridgeOutcome.BUSY),
        (("*",), {}, None),
    ],
    ids=["answered", "busy", "not wanted"],
)
def test_it_is_told_what_became_of_the_number(
    keys: tuple[str, ...], options: dict[str, object], outcome: BridgeOutcome | None
) -> None:
    room = mailroom([from_sender()])
    inside(*TO_CALL, *keys, "*", "#", room=room, **options)
    assert room.settled == [("5550101", outcome)]


def test_a_bridge_that_breaks_counts_as_called(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise CallFailed("bridge", "not finished")

    monkeypatch.setattr(SimulatedCall, "bridge", broken)
    room = mailroom([from_sender()])
    inside(*TO_CALL, "1", "*", "#", room=room)
    assert room.settled == [("5550101", BridgeOutcome.FAILED)]
