"""Recording the caller: how it ends, what is told, and what is on the disk."""

from pathlib import Path

import pytest

from tests.contract.client import MORE_EVENTS, Connection, Frame
from tests.contract.conftest import Leg
from tests.contract.dialplan import recording
from tests.contract.rtp import SAID
from tests.contract.sounds import Sounds
from tests.listening import heard_in_parts, read_wav
from tests.switches import Switch


@pytest.fixture
def file(switch: Switch, request: pytest.FixtureRequest) -> Path:
    return recording(switch.recordings, f"{abs(hash(request.node.name))}.wav")


def start(leg: Leg, file: Path, rule: str) -> str:
    """`rule` is `limit in seconds, loudness that is silence, seconds of silence`."""
    leg.esl.command(f"event plain {MORE_EVENTS}")
    mark = leg.esl.start("record", f"{file} {rule}")
    assert leg.esl.event("RECORD_START")["Record-File-Path"] == str(file)
    return mark


def told_length(done: Frame) -> float:
    """Seconds, as the completion tells them."""
    return int(done["variable_record_ms"]) / 1000


def test_the_callers_words_are_on_the_disk(leg: Leg, file: Path, sounds: Sounds) -> None:
    mark = start(leg, file, "20 200 1")
    leg.phone.line.say(sounds.samples("prompt"))
    leg.esl.finished(mark)
    assert heard_in_parts(sounds.samples("prompt"), read_wav(file)) > SAID


def test_silence_ends_a_recording(leg: Leg, file: Path, sounds: Sounds) -> None:
    mark = start(leg, file, "20 200 1")
    leg.phone.line.say(sounds.samples("short"))
    done = leg.esl.finished(mark)
    assert leg.esl.event("RECORD_STOP")["Record-File-Path"] == str(file)
    assert 1.2 < told_length(done) < 4
    assert done.get("variable_playback_terminator_used") is None


@pytest.mark.parametrize(("terminators", "key"), [("", "*"), ("#", "#"), ("any", "3")])
def test_a_terminator_ends_a_recording(leg: Leg, file: Path, terminators: str, key: str) -> None:
    if terminators:
        leg.esl.run("set", f"playback_terminators={terminators}")
    mark = start(leg, file, "20 200 10")
    leg.phone.press(key)
    done = leg.esl.finished(mark)
    assert done["variable_playback_terminator_used"] == key
    assert leg.esl.event("DTMF")["DTMF-Digit"] == key
    assert told_length(done) < 3


def test_the_limit_ends_a_recording(leg: Leg, file: Path) -> None:
    mark = start(leg, file, "1 200 10")
    done = leg.esl.finished(mark)
    assert 0.8 < told_length(done) < 2.5
    assert done["Application-Response"] == "_none_"
    assert len(read_wav(file)) / 8000 == pytest.approx(told_length(done), abs=0.3)


def test_a_recording_tells_its_length_in_three_units(leg: Leg, file: Path) -> None:
    done = leg.esl.finished(start(leg, file, "1 200 10"))
    milliseconds = int(done["variable_record_ms"])
    assert int(done["variable_record_samples"]) == pytest.approx(milliseconds * 8, abs=320)
    assert int(done["variable_record_seconds"]) == milliseconds // 1000


def test_a_recording_that_cannot_be_written_kills_the_call(leg: Leg) -> None:
    mark = leg.esl.start("record", "/nonexistent/folder/x.wav 5 200 5")
    done = leg.esl.finished(mark)
    assert done["Hangup-Cause"] == "DESTINATION_OUT_OF_ORDER"
    leg.phone.wait_end()


def test_a_caller_who_hangs_up_leaves_a_recording_behind(
    leg: Leg, file: Path, sounds: Sounds
) -> None:
    mark = start(leg, file, "20 200 10")
    leg.phone.line.say(sounds.samples("prompt"))
    leg.phone.line.wait_said()
    leg.phone.hang_up()
    done = leg.esl.finished(mark)
    assert done["Answer-State"] == "hangup"
    assert heard_in_parts(sounds.samples("prompt"), read_wav(file)) > SAID
    assert leg.esl.event("RECORD_STOP")["Record-File-Path"] == str(file)


def test_a_session_is_recorded_beside_other_applications(
    leg: Leg, file: Path, sounds: Sounds
) -> None:
    leg.esl.command(f"event plain {MORE_EVENTS}")
    leg.esl.run("record_session", str(file))
    assert leg.esl.event("RECORD_START")["Record-File-Path"] == str(file)
    leg.esl.run("playback", sounds.path("prompt"))
    leg.esl.run("stop_record_session", str(file))
    assert leg.esl.event("RECORD_STOP")["Record-File-Path"] == str(file)
    assert file.stat().st_size > 8000


def test_a_call_is_recorded_from_another_connection(
    leg: Leg, inbound: Connection, file: Path
) -> None:
    leg.esl.command(f"event plain {MORE_EVENTS}")
    assert inbound.api(f"uuid_record {leg.uuid} start {file}") == "+OK Success\n"
    leg.esl.event("RECORD_START")
    assert inbound.api(f"uuid_record {leg.uuid} stop {file}") == "+OK Success\n"
    assert leg.esl.event("RECORD_STOP")["Record-File-Path"] == str(file)
    again = inbound.api(f"uuid_record {leg.uuid} stop {file}")
    assert again == "-ERR Cannot stop record session!\n"
