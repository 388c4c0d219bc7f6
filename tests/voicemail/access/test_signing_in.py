"""The mailbox number and the PIN."""

import pytest

from ivr_flows.ports import Party
from ivr_flows.trace import RunEnd
from tests.voicemail.access.doubles import PIN, On, everything_kept, inside, listen, mailroom
from voicemail.access.words.signing import ASK_BOX, ASK_PIN, GOODBYE, LOCKED, WRONG
from voicemail.ports import Box, MailroomAway, SignIn
from voicemail.simulated import SimulatedMailroom

ASKS = "{}"
"""A step without a box: its number is asked."""


@pytest.mark.parametrize("language", ["en", "zh", "yue"])
def test_the_right_pin_opens_the_box_that_the_flow_names(language: str) -> None:
    heard = listen(f"{PIN}#", "#", room=mailroom(language=language), language=language)
    assert heard.call.heard[0] == ASK_PIN[language]
    assert heard.call.heard[-1] == GOODBYE[language]
    assert (heard.event, heard.run.end) == ("done", RunEnd.FINISHED)


@pytest.mark.parametrize("language", ["en", "zh", "yue"])
def test_the_number_is_asked_when_the_flow_names_none(language: str) -> None:
    heard = listen("801#", f"{PIN}#", "#", step=ASKS, language=language)
    assert heard.call.heard[:2] == [ASK_BOX[language], ASK_PIN[language]]
    assert heard.event == "done"


def test_after_a_wrong_pin_the_right_one_still_opens() -> None:
    heard = listen("1111#", f"{PIN}#", "#")
    assert WRONG["en"] in heard.call.heard
    assert heard.event == "done"


def test_after_too_many_wrong_pins_it_is_said_how_long_to_wait() -> None:
    heard = listen("1111#", "2222#", "3333#", step="{box: desk, attempts: 5}")
    assert heard.call.heard[-2:] == ["Please call again in one minute.", GOODBYE["en"]]
    assert heard.event == "denied"


def test_a_locked_box_does_not_look_at_the_right_pin() -> None:
    room = mailroom()
    listen("1111#", "2222#", "3333#", room=room)
    heard = listen(f"{PIN}#", room=room)
    assert heard.call.heard[1:] == [
        LOCKED["en"],
        "Please call again in one minute.",
        GOODBYE["en"],
    ]
    assert heard.event == "denied"


def test_no_more_attempts_than_the_flow_allows() -> None:
    heard = listen("1111#", f"{PIN}#", step="{box: desk, attempts: 1}")
    assert heard.event == "denied"
    assert heard.room.asked.count("sign_in") == 1


def test_who_keys_nothing_is_let_go_politely_and_counts_as_no_guess() -> None:
    heard = listen("", "", "")
    assert heard.call.heard == [ASK_PIN["en"]] * 3 + [GOODBYE["en"]]
    assert heard.event == "denied"
    assert "sign_in" not in heard.room.asked


def test_the_star_takes_back_what_was_keyed() -> None:
    heard = listen("12*", f"{PIN}#", "#")
    assert heard.event == "done"
    assert heard.room.asked.count("sign_in") == 1


@pytest.mark.parametrize("pin", ["1111#", f"{PIN}1#", "0#", "9" * 31 + "#"])
def test_a_box_that_does_not_exist_sounds_like_a_wrong_pin(pin: str) -> None:
    """In its words, in the time that it takes, and in what is asked of the box."""
    there, not_there = (
        listen(f"{number}#", pin, f"{number}#", pin, f"{number}#", pin, step=ASKS)
        for number in ("801", "899")
    )
    assert not_there.call.heard == there.call.heard
    assert not_there.seconds == there.seconds
    assert not_there.room.asked[:2] == there.room.asked[:2] == ["find", "sign_in"]
    assert (not_there.event, there.event) == ("denied", "denied")


def test_a_box_that_the_flow_names_and_that_is_gone_sounds_like_a_wrong_pin() -> None:
    gone, wrong = (listen("1111#", step=f"{{box: {box}, attempts: 1}}") for box in ("x", "desk"))
    assert gone.call.heard == wrong.call.heard
    assert gone.event == "denied"


def test_the_questions_can_be_interrupted() -> None:
    heard = listen(On(ASK_PIN["en"], f"{PIN}#", after=0.2), On("For new messages", "#", after=0.1))
    assert heard.event == "done"
    assert heard.seconds < 6


def test_a_withheld_caller_signs_in_like_any_other() -> None:
    assert listen(f"{PIN}#", "#", caller=Party("", withheld=True)).event == "done"


@pytest.mark.parametrize(
    "keys",
    [
        (f"{PIN}#", "1", "7", "#"),
        (f"{PIN}#1#",),
        (f"{PIN}#{PIN}#",),
        (f"{PIN}", "#"),
        ("1111#", f"{PIN}#"),
    ],
)
def test_no_pin_is_ever_in_the_trace(keys: tuple[str, ...]) -> None:
    heard = listen(*keys)
    assert not [text for text in everything_kept(heard.run) if PIN in text or "1111" in text]


class Telltale(SimulatedMailroom):
    """What goes wrong in it says all that it was asked."""

    def sign_in(self, box: Box, pin: str, caller: Party) -> SignIn:
        if "sign_in" in self.away:
            raise MailroomAway(f"sign_in {pin}: no answer")
        return SimulatedMailroom.sign_in(self, box, pin, caller)

    def set_pin(self, box: Box, pin: str) -> str:
        raise MailroomAway(f"set_pin {pin}: no answer")


@pytest.mark.parametrize("away", ["sign_in", "set_pin"])
def test_no_pin_is_in_the_trace_when_the_mailroom_tells_what_it_was_asked(away: str) -> None:
    room = Telltale(shelves=mailroom().shelves, away={away})
    heard = inside("5", "2", "90817#", "90817#", "*", "#", room=room)
    kept = list(everything_kept(heard.run))
    assert not [text for text in kept if PIN in text or "90817" in text]
    assert [text for text in kept if "away" in text or "cannot be asked" in text]


def test_a_pin_keyed_where_the_number_was_asked_is_not_in_the_trace() -> None:
    heard = listen(f"{PIN}#", "801#", step="{attempts: 1}")
    assert heard.event == "denied"
    assert not [text for text in everything_kept(heard.run) if PIN in text]
