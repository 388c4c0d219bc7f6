"""Greetings, the PIN, and being away."""

import pytest

from store.pins import PinFault, fault
from tests.voicemail.access.doubles import PIN, everything_kept, inside, listen, mailroom
from voicemail.access.words import actions, listening, menus
from voicemail.simulated_listening import SHELVES

NEW = "90817"


@pytest.mark.parametrize(
    ("key", "kind"), [("1", "standard"), ("2", "busy"), ("3", "away"), ("4", "closed")]
)
def test_a_greeting_is_recorded_heard_and_kept(key: str, kind: str) -> None:
    heard = inside("5", "1", key, "2", "1", "*", "#")
    assert heard.desk.greetings == {kind: SHELVES / "scratch-1.wav"}
    assert "[recording]" in heard.call.heard
    assert actions.GREETING_KEPT["en"] in heard.call.heard


def test_a_greeting_in_mandarin() -> None:
    heard = inside("5", "1", "1", "1", "*", "#", room=mailroom(language="zh"))
    for words in (menus.OPTIONS, menus.GREETINGS, actions.SPEAK, menus.REVIEW):
        assert words["zh"] in heard.call.heard
    assert actions.GREETING_KEPT["zh"] in heard.call.heard


@pytest.mark.parametrize("keys", [("*",), ("",) * 3, ("1", "*"), ("1", "", "", "")])
def test_a_greeting_that_is_given_up_changes_nothing(keys: tuple[str, ...]) -> None:
    heard = inside("5", "1", *keys, "*", "#")
    assert heard.desk.greetings == {}
    assert actions.UNCHANGED["en"] in heard.call.heard


def test_a_greeting_that_is_recorded_too_often_leads_back() -> None:
    heard = inside("5", "1", "1", *["3"] * 10, "*", "#")
    assert actions.UNCHANGED["en"] in heard.call.heard
    assert heard.event == "done"


@pytest.mark.parametrize(("key", "away"), [("1", True), ("2", False)])
def test_the_away_greeting_is_switched_on_and_off(key: str, away: bool) -> None:
    room = mailroom()
    assert room.shelves
    room.shelves["801"].away = not away
    heard = inside("5", "3", key, "*", "#", room=room)
    assert heard.desk.away is away
    assert (actions.AWAY_ON if away else actions.AWAY_OFF)["en"] in heard.call.heard


def test_going_back_switches_nothing() -> None:
    heard = inside("5", "3", "*", "*", "#")
    assert actions.UNCHANGED["en"] in heard.call.heard
    assert heard.desk.away is False


def test_a_new_pin_is_keyed_twice_and_opens_the_box_next_time() -> None:
    room = mailroom()
    heard = inside("5", "2", f"{NEW}#", f"{NEW}#", "*", "#", room=room)
    assert actions.PIN_CHANGED["en"] in heard.call.heard
    assert listen(f"{NEW}#", "#", room=room).event == "done"
    assert not [text for text in everything_kept(heard.run) if NEW in text]


def test_two_different_pins_are_asked_for_again() -> None:
    heard = inside("5", "2", f"{NEW}#", "90818#", f"{NEW}#", f"{NEW}#", "*", "#")
    assert actions.DIFFERENT["en"] in heard.call.heard
    assert heard.desk.pin == NEW


@pytest.mark.parametrize("language", ["en", "zh", "yue"])
@pytest.mark.parametrize(
    ("pin", "words"), [("12", actions.PIN_LENGTH), ("7777", actions.PIN_SIMPLE)]
)
def test_it_is_said_why_a_pin_is_refused(pin: str, words: dict[str, str], language: str) -> None:
    heard = inside("5", "2", *[f"{pin}#"] * 6, "*", "#", room=mailroom(language=language))
    assert heard.call.heard.count(words[language]) == 3
    assert heard.call.heard.count(actions.UNCHANGED[language]) == 1
    assert heard.desk.pin == PIN


@pytest.mark.parametrize(("pin", "why"), [("12", PinFault.LENGTH), ("7777", PinFault.SIMPLE)])
def test_the_reasons_are_those_of_the_store(pin: str, why: PinFault) -> None:
    assert str(fault(pin)) == str(why)


@pytest.mark.parametrize("keys", [("*",), ("",), (f"{NEW}#", "*") * 3, (f"{NEW}#", "") * 3])
def test_going_back_keeps_the_old_pin(keys: tuple[str, ...]) -> None:
    heard = inside("5", "2", *keys, "*", "#")
    assert heard.desk.pin == PIN
    assert actions.UNCHANGED["en"] in heard.call.heard


@pytest.mark.parametrize(
    ("method", "keys"),
    [
        ("set_pin", ("2", f"{NEW}#", f"{NEW}#")),
        ("set_away", ("3", "1")),
        ("set_greeting", ("1", "1", "1")),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_could_not_be_changed_is_not_said_to_be(
    method: str, keys: tuple[str, ...], language: str
) -> None:
    room = mailroom(language=language)
    room.away = {method}
    heard = inside("5", *keys, "*", "#", room=room)
    assert listening.NOT_DONE[language] in heard.call.heard
    for words in (actions.PIN_CHANGED, actions.AWAY_ON, actions.GREETING_KEPT):
        assert words[language] not in heard.call.heard
    assert heard.event == "done"
