"""Gathering keys on the switch itself: play_and_get_digits and read."""

from tests.contract.client import MORE_EVENTS, Frame
from tests.contract.conftest import Leg
from tests.contract.rtp import LIKE
from tests.contract.sounds import Sounds
from tests.listening import heard_in

UNSET = "-ERR command not found"
"""What `getvar` says of a variable that is not set."""


def gather(leg: Leg, sounds: Sounds, rule: str, name: str, pattern: str, end: str = "") -> str:
    """Start play_and_get_digits; its mark. `rule` is `min max tries timeout terminator`."""
    prompt, invalid = sounds.path("prompt"), sounds.path("invalid")
    leg.esl.command(f"event plain {MORE_EVENTS}")
    mark = leg.esl.start(
        "play_and_get_digits", f"{rule} {prompt} {invalid} {name} {pattern} {end}".rstrip()
    )
    leg.esl.event("PLAYBACK_START", Playback_File_Path=prompt)
    return mark


def value(leg: Leg, name: str) -> str:
    return leg.esl.command(f"getvar {name}").reply


def test_a_key_stops_the_prompt_and_is_the_answer(leg: Leg, sounds: Sounds) -> None:
    mark = gather(leg, sounds, "1 1 3 5000 #", "choice", r"\d")
    leg.phone.press("4")
    done = leg.esl.finished(mark)
    assert leg.esl.event("PLAYBACK_STOP")["Playback-Status"] == "break"
    assert done["variable_choice"] == "4"
    assert value(leg, "choice") == "4"
    assert heard_in(sounds.samples("prompt"), leg.phone.line.heard()) < 0.9


def test_the_terminator_ends_the_entry_and_is_not_part_of_it(leg: Leg, sounds: Sounds) -> None:
    mark = gather(leg, sounds, "2 4 3 5000 #", "pin", r"\d+")
    leg.phone.press("12#")
    assert leg.esl.finished(mark)["variable_pin"] == "12"


def test_a_full_entry_needs_no_terminator(leg: Leg, sounds: Sounds) -> None:
    mark = gather(leg, sounds, "1 3 3 5000 #", "pin", r"\d+")
    leg.phone.press("987")
    assert leg.esl.finished(mark)["variable_pin"] == "987"


def test_nothing_keyed_plays_the_invalid_sound_and_sets_nothing(leg: Leg, sounds: Sounds) -> None:
    mark = gather(leg, sounds, "1 1 1 500 #", "choice", r"\d")
    done = leg.esl.finished(mark)
    assert done.get("variable_choice") is None
    assert value(leg, "choice") == UNSET
    assert leg.phone.line.hears(sounds.samples("invalid")) > LIKE


def test_each_try_plays_the_prompt_again(leg: Leg, sounds: Sounds) -> None:
    mark = gather(leg, sounds, "1 1 2 300 #", "choice", r"\d")
    leg.esl.finished(mark)
    played = [e["Playback-File-Path"] for e in leg.esl.seen if e.name == "PLAYBACK_START"]
    prompt, invalid = sounds.path("prompt"), sounds.path("invalid")
    assert played == [prompt, invalid, prompt, invalid]


def test_a_key_that_does_not_match_asks_again(leg: Leg, sounds: Sounds) -> None:
    mark = gather(leg, sounds, "1 1 3 4000 #", "choice", "^[12]$")
    leg.phone.press("9")
    leg.esl.event("PLAYBACK_START", Playback_File_Path=sounds.path("invalid"))
    leg.esl.event("PLAYBACK_START", Playback_File_Path=sounds.path("prompt"))
    leg.phone.press("2")
    assert leg.esl.finished(mark)["variable_choice"] == "2"


def test_only_wrong_keys_leave_the_variable_unset_and_the_last_in_invalid(
    leg: Leg, sounds: Sounds
) -> None:
    mark = gather(leg, sounds, "1 1 1 4000 #", "choice", "^[12]$")
    leg.phone.press("8")
    leg.esl.finished(mark)
    assert value(leg, "choice") == UNSET
    assert value(leg, "choice_invalid") == "8"


def test_a_too_short_entry_is_kept_in_the_variable(leg: Leg, sounds: Sounds) -> None:
    mark = gather(leg, sounds, "3 4 1 1500 #", "choice", r"\d+", "400")
    leg.phone.press("1")
    assert leg.esl.finished(mark)["variable_choice"] == "1"


def test_a_key_pressed_while_parked_is_lost_to_the_next_menu(leg: Leg, sounds: Sounds) -> None:
    leg.phone.press("7")
    leg.esl.event("DTMF")
    mark = gather(leg, sounds, "1 1 1 300 #", "ahead", r"\d")
    assert leg.esl.finished(mark).get("variable_ahead") is None


def test_keys_typed_fast_reach_menus_that_follow_at_once(leg: Leg, sounds: Sounds) -> None:
    """The menus wait in line on the switch: between them no key is lost."""
    marks = [
        leg.esl.start(
            "play_and_get_digits",
            f"1 1 1 3000 # {sounds.path('prompt')} silence_stream://1 {name} \\d",
            event_lock="true",
        )
        for name in ("m1", "m2", "m3")
    ]
    leg.esl.event("CHANNEL_EXECUTE", Application_UUID=marks[0])
    leg.phone.press("123")
    last = [leg.esl.finished(mark) for mark in marks][-1]
    assert [last[f"variable_{name}"] for name in ("m1", "m2", "m3")] == ["1", "2", "3"]


def test_hanging_up_ends_the_gathering(leg: Leg, sounds: Sounds) -> None:
    mark = gather(leg, sounds, "1 1 3 5000 #", "choice", r"\d")
    leg.phone.hang_up()
    done = leg.esl.finished(mark)
    assert done["Answer-State"] == "hangup"
    assert done["Hangup-Cause"] == "NORMAL_CLEARING"


def read(leg: Leg, sounds: Sounds, rule: str, keys: str) -> Frame:
    """`read` of `min max`, a short time-out, `#` as terminator, with keys pressed meanwhile."""
    leg.esl.command(f"event plain {MORE_EVENTS}")
    mark = leg.esl.start("read", f"{rule} {sounds.path('prompt')} got 700 #")
    leg.esl.event("PLAYBACK_START")
    leg.phone.press(keys)
    return leg.esl.finished(mark)


def test_read_ends_at_its_terminator(leg: Leg, sounds: Sounds) -> None:
    done = read(leg, sounds, "1 4", "12#")
    assert done["variable_got"] == "12"
    assert done["variable_read_result"] == "success"
    assert done["variable_read_terminator_used"] == "#"


def test_read_ends_when_it_is_full(leg: Leg, sounds: Sounds) -> None:
    done = read(leg, sounds, "1 2", "34")
    assert done["variable_got"] == "34"
    assert done["variable_read_result"] == "success"


def test_read_of_nothing_fails(leg: Leg, sounds: Sounds) -> None:
    done = read(leg, sounds, "1 4", "")
    assert done.get("variable_got") is None
    assert done["variable_read_result"] == "failure"


def test_read_of_too_few_keys_fails(leg: Leg, sounds: Sounds) -> None:
    done = read(leg, sounds, "3 4", "5")
    assert done["variable_read_result"] == "failure"
