"""Playing sound to a caller: what is told about it and what is heard."""

import numpy as np
import pytest

from tests.contract.client import MORE_EVENTS
from tests.contract.conftest import CallMaker, Leg
from tests.contract.rtp import LIKE
from tests.contract.sounds import Sounds
from tests.listening import RATE, Samples, heard_at, heard_in, loudness

UNLIKE = 0.3
TONE = "tone_stream://%(300,100,440,480);loops=2"


def strongest_tones(samples: Samples, count: int) -> list[int]:
    """The strongest frequencies, in hertz, at least 20 Hz apart."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), RATE))
    found: list[int] = []
    for tone in np.argsort(spectrum)[::-1]:
        if all(abs(int(tone) - other) > 20 for other in found):
            found.append(int(tone))
        if len(found) == count:
            break
    return sorted(found)


def test_what_is_heard_is_what_was_played(leg: Leg, sounds: Sounds) -> None:
    done = leg.esl.run("playback", sounds.path("short"))
    assert done["Application-Response"] == "FILE PLAYED"
    assert leg.phone.line.hears(sounds.samples("short")) > LIKE
    assert heard_in(sounds.samples("two"), leg.phone.line.heard()) < UNLIKE


def test_a_playback_is_reported_in_this_order(leg: Leg, sounds: Sounds) -> None:
    leg.esl.command(f"event plain {MORE_EVENTS}")
    before = len(leg.esl.seen)
    leg.esl.run("playback", sounds.path("two"))
    names = [event.name for event in leg.esl.seen[before:] if event.name != "CHANNEL_PARK"]
    assert names == [
        "CHANNEL_EXECUTE",
        "PLAYBACK_START",
        "PLAYBACK_STOP",
        "CHANNEL_EXECUTE_COMPLETE",
    ]


def test_playback_events_name_the_file_and_how_it_ended(leg: Leg, sounds: Sounds) -> None:
    leg.esl.command(f"event plain {MORE_EVENTS}")
    leg.esl.run("playback", sounds.path("two"))
    started, stopped = leg.esl.event("PLAYBACK_START"), leg.esl.event("PLAYBACK_STOP")
    assert started["Playback-File-Path"] == stopped["Playback-File-Path"] == sounds.path("two")
    assert stopped["Playback-Status"] == "done"


def test_a_completion_repeats_what_was_asked(leg: Leg, sounds: Sounds) -> None:
    done = leg.esl.run("playback", sounds.path("two"), mark="my-own-mark")
    assert done["Application"] == "playback"
    assert done["Application-Data"] == sounds.path("two")
    assert done["Application-UUID"] == "my-own-mark"


def test_a_completion_tells_how_long_was_played(leg: Leg, sounds: Sounds) -> None:
    done = leg.esl.run("playback", sounds.path("short"))
    assert 500 <= int(done["variable_playback_ms"]) <= 700
    assert 4000 <= int(done["variable_playback_samples"]) <= 5600


def test_a_missing_file_is_reported_and_the_call_goes_on(leg: Leg, sounds: Sounds) -> None:
    done = leg.esl.run("playback", sounds.path("nosuch"))
    assert done["Application-Response"] == "FILE NOT FOUND"
    assert done["Answer-State"] == "answered"
    again = leg.esl.run("playback", sounds.path("two"))
    assert again["Application-Response"] == "FILE PLAYED"


def test_a_file_string_plays_its_files_one_after_the_other(leg: Leg, sounds: Sounds) -> None:
    both = f"file_string://{sounds.path('short')}!{sounds.path('two')}"
    assert leg.esl.run("playback", both)["Application-Response"] == "FILE PLAYED"
    assert leg.phone.line.hears(sounds.samples("two")) > LIKE
    heard = leg.phone.line.heard()
    first, first_at = heard_at(sounds.samples("short"), heard)
    _, second_at = heard_at(sounds.samples("two"), heard)
    assert first > LIKE
    assert 0.55 * RATE < second_at - first_at < 0.85 * RATE


def test_files_with_a_delimiter_begin_at_once_and_follow_one_another(
    leg: Leg, sounds: Sounds
) -> None:
    leg.esl.run("set", "playback_delimiter=!")
    leg.esl.run("set", "playback_sleep_val=0")
    before = len(leg.phone.line.heard())
    both = f"{sounds.path('short')}!{sounds.path('two')}"
    assert leg.esl.run("playback", both)["Application-Response"] == "FILE PLAYED"
    assert leg.phone.line.hears(sounds.samples("two")) > LIKE
    heard = leg.phone.line.heard()[before:]
    first, first_at = heard_at(sounds.samples("short"), heard)
    _, second_at = heard_at(sounds.samples("two"), heard)
    assert first > LIKE
    assert first_at < 0.06 * RATE
    assert abs(second_at - first_at - len(sounds.samples("short"))) < 0.04 * RATE


def test_a_key_stops_all_files_of_a_list(leg: Leg, sounds: Sounds) -> None:
    leg.esl.run("set", "playback_delimiter=!")
    leg.esl.run("set", "playback_terminators=any")
    mark = leg.esl.start("playback", "!".join([sounds.path("short"), *[sounds.path("two")] * 20]))
    leg.phone.press("5")
    done = leg.esl.finished(mark)
    assert done["variable_playback_terminator_used"] == "5"


def test_a_tone_stream_sounds_its_tones(leg: Leg) -> None:
    assert leg.esl.run("playback", TONE)["Application-Response"] == "FILE PLAYED"
    heard = leg.phone.line.heard()
    loud = np.flatnonzero(np.abs(heard) > 0.02)
    assert len(loud), "nothing was heard"
    first_tone = heard[loud[0] : loud[0] + int(0.25 * RATE)]
    assert [round(tone / 10) * 10 for tone in strongest_tones(first_tone, 2)] == [440, 480]
    assert 0.6 * RATE < loud[-1] - loud[0] < 0.8 * RATE, "two tones of 300 ms, 100 ms apart"


def test_a_silence_stream_lasts_as_asked_and_is_silent(leg: Leg) -> None:
    before = len(leg.phone.line.heard())
    assert leg.esl.run("playback", "silence_stream://500")["Application-Response"] == "FILE PLAYED"
    heard = leg.phone.line.heard()[before:]
    assert loudness(heard) < 0.01
    assert 0.4 * RATE < len(heard) < 0.7 * RATE


def test_gentones_sounds_without_playback_events(leg: Leg) -> None:
    leg.esl.command(f"event plain {MORE_EVENTS}")
    done = leg.esl.run("gentones", "%(200,50,600)")
    assert done["Application-Response"] == "_none_"
    assert "PLAYBACK_START" not in leg.esl.names()
    assert loudness(leg.phone.line.heard()) > 0.01


def test_an_endless_tone_ends_by_uuid_break(leg: Leg) -> None:
    leg.esl.command(f"event plain {MORE_EVENTS}")
    mark = leg.esl.start("playback", "tone_stream://%(150,50,400);loops=-1")
    leg.esl.event("PLAYBACK_START")
    assert leg.esl.api(f"uuid_break {leg.uuid}") == "+OK\n"
    assert leg.esl.finished(mark)["Application-Response"] == "FILE PLAYED"
    assert leg.esl.event("PLAYBACK_STOP")["Playback-Status"] == "break"


@pytest.mark.parametrize(
    ("terminators", "key", "other"),
    [("", "*", "5"), ("#", "#", "*"), ("any", "7", ""), ("4", "4", "#")],
    ids=["by-default-the-star", "the-hash-when-asked", "any-key", "one-digit"],
)
def test_a_terminator_ends_a_playback_and_other_keys_do_not(
    leg: Leg, sounds: Sounds, terminators: str, key: str, other: str
) -> None:
    leg.esl.command(f"event plain {MORE_EVENTS}")
    if terminators:
        leg.esl.run("set", f"playback_terminators={terminators}")
    mark = leg.esl.start("playback", sounds.path("long"))
    leg.esl.event("PLAYBACK_START")
    leg.phone.press(other + key)
    done = leg.esl.finished(mark)
    assert done["Application-Response"] == "FILE PLAYED"
    assert done["variable_playback_terminator_used"] == key
    assert leg.esl.event("PLAYBACK_STOP")["Playback-Status"] == "break"
    pressed = [event["DTMF-Digit"] for event in leg.esl.seen if event.name == "DTMF"]
    assert pressed == [*other, key]


def test_no_key_ends_a_playback_when_terminators_are_none(leg: Leg, sounds: Sounds) -> None:
    leg.esl.command(f"event plain {MORE_EVENTS}")
    leg.esl.run("set", "playback_terminators=none")
    mark = leg.esl.start("playback", sounds.path("prompt"))
    leg.esl.event("PLAYBACK_START")
    leg.phone.press("*#")
    leg.esl.event("DTMF", DTMF_Digit="#")
    done = leg.esl.finished(mark)
    assert leg.esl.event("PLAYBACK_STOP")["Playback-Status"] == "done"
    assert done.get("variable_playback_terminator_used") is None


def test_the_next_playback_forgets_the_key_that_ended_the_last(leg: Leg, sounds: Sounds) -> None:
    leg.esl.command(f"event plain {MORE_EVENTS}")
    mark = leg.esl.start("playback", sounds.path("long"))
    leg.esl.event("PLAYBACK_START")
    leg.phone.press("*")
    assert leg.esl.finished(mark)["variable_playback_terminator_used"] == "*"
    again = leg.esl.run("playback", sounds.path("two"))
    assert again.get("variable_playback_terminator_used") is None


def test_an_argument_may_come_in_the_body(leg: Leg, sounds: Sounds) -> None:
    argument = sounds.path("two")
    reply = leg.esl.command(
        "sendmsg\ncall-command: execute\nexecute-app-name: playback\nEvent-UUID: body\n"
        f"content-type: text/plain\ncontent-length: {len(argument)}\n\n{argument}"
    )
    assert reply.reply == "+OK"
    done = leg.esl.finished("body")
    assert done["Application-Data"] == argument
    assert done["Application-Response"] == "FILE PLAYED"


def test_an_execute_without_a_mark_is_given_one(leg: Leg) -> None:
    leg.esl.command("sendmsg\ncall-command: execute\nexecute-app-name: set\nexecute-app-arg: a=b")
    done = leg.esl.event("CHANNEL_EXECUTE_COMPLETE", Application="set")
    assert len(done["Application-UUID"]) == 36


def test_loops_play_again_with_the_same_mark(leg: Leg, sounds: Sounds) -> None:
    mark = leg.esl.start("playback", sounds.path("short"), loops="2")
    for _ in range(2):
        assert leg.esl.finished(mark)["Application-Response"] == "FILE PLAYED"


def test_sound_before_the_answer_is_early_media(calls: CallMaker, sounds: Sounds) -> None:
    leg = calls(answer=False)
    done = leg.esl.run("playback", sounds.path("short"))
    assert done["Answer-State"] == "early"
    assert leg.phone.wait_status(lambda status: status == 183).body
    assert not leg.phone.answered.is_set()
    assert leg.phone.line.hears(sounds.samples("short")) > LIKE
    assert "CHANNEL_PROGRESS_MEDIA" in leg.esl.names()
    leg.esl.run("answer")
    leg.phone.wait_answer()
