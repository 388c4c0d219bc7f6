"""What a caller meets when the program is away, or goes away in the midst of the call."""

import re
import time
from pathlib import Path

import pytest

from tests.contract.client import LIMIT, Connection, Program
from tests.contract.conftest import Leg, PhoneMaker, connected
from tests.contract.dialplan import LAST_RESORT, PROGRAM_WITH_LAST_RESORT, recording
from tests.contract.phone import Phone
from tests.contract.rtp import LIKE, SAID
from tests.contract.sounds import Sounds
from tests.listening import heard_in_parts, read_wav
from tests.switches import Switch

NAME = re.compile(
    r"(?P<uuid>[0-9a-f-]{36})_(?P<caller>\+?[0-9]{1,15}|unknown)"
    r"_(?P<dialled>[0-9*#+]{1,20}|unknown)\.wav\Z"
)


def spooled(switch: Switch, before: set[Path]) -> tuple[Path, dict[str, str]]:
    """The one file that has come, and the facts in its name."""
    deadline = time.monotonic() + LIMIT
    while not (new := set(switch.plan.spool.rglob("*")) - before):
        assert time.monotonic() < deadline, "nothing was recorded"
        time.sleep(0.02)
    (file,) = new
    facts = NAME.match(file.name)
    assert facts is not None, file.name
    return file, facts.groupdict()


def held(switch: Switch) -> set[Path]:
    return set(switch.plan.spool.rglob("*"))


def test_a_caller_whom_no_program_takes_leaves_a_message(
    switch: Switch, phone: Phone, sounds: Sounds
) -> None:
    before = held(switch)
    phone.call(switch.sip, LAST_RESORT).wait_answer()
    assert phone.line.hears(sounds.samples("menu")) > LIKE
    file, facts = spooled(switch, before)
    phone.line.say(sounds.samples("prompt"))
    phone.line.wait_said()
    phone.wait_end()  # after five seconds of silence
    assert (facts["caller"], facts["dialled"]) == ("5551234", LAST_RESORT)
    assert heard_in_parts(sounds.samples("prompt"), read_wav(file)) > SAID


@pytest.mark.parametrize(
    "number",
    [
        "..%2F..%2Fetc%2Fcron.d%2Fx",
        "anonymous",
        "5551234%0A",
        "5551234%20120",
        "$%7Buuid%7D",
        "1%7C.*%7C%2Ftmp%2Fx",
        "1234567890123456",
    ],
)
def test_a_callers_number_that_is_none_never_reaches_a_files_name(
    switch: Switch, phones: PhoneMaker, number: str
) -> None:
    before = held(switch)
    phone = phones(number).call(switch.sip, LAST_RESORT)
    _, facts = spooled(switch, before)
    phone.hang_up()
    assert (facts["caller"], facts["dialled"]) == ("unknown", LAST_RESORT)


@pytest.mark.parametrize("dialled", ["%2F..%2Fx", "%0A", "%20x", "$%7Buuid%7D"])
def test_what_was_dialled_and_is_no_number_never_reaches_a_files_name(
    switch: Switch, phone: Phone, dialled: str
) -> None:
    before = held(switch)
    phone.call(switch.sip, LAST_RESORT + dialled)
    _, facts = spooled(switch, before)
    phone.hang_up()
    assert (facts["caller"], facts["dialled"]) == ("unknown", "unknown")


def taken(switch: Switch, program: Program, phone: Phone) -> Leg:
    """A call in the hands of a program behind which stands the last resort."""
    leg = connected(phone.call(switch.sip, PROGRAM_WITH_LAST_RESORT), program)
    leg.esl.command("myevents")
    leg.esl.run("answer")
    phone.wait_answer()
    return leg


def test_a_program_that_dies_leaves_its_caller_to_the_last_resort(
    switch: Switch, program: Program, phone: Phone, sounds: Sounds
) -> None:
    before = held(switch)
    leg = taken(switch, program, phone)
    leg.esl.close()
    assert phone.line.hears(sounds.samples("menu")) > LIKE
    _, facts = spooled(switch, before)
    assert facts["uuid"] == leg.uuid


def test_a_recording_goes_on_without_its_program_and_then_comes_the_last_resort(
    switch: Switch, program: Program, phone: Phone, inbound: Connection, sounds: Sounds
) -> None:
    before = held(switch)
    file = recording(switch.recordings, "orphan.wav")
    inbound.command("event plain CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE")
    leg = taken(switch, program, phone)
    leg.esl.start("set", "enable_file_write_buffering=false")
    mark = leg.esl.start("record", f"{file} 60 200 2")
    inbound.event("CHANNEL_EXECUTE", Application_UUID=mark)
    leg.esl.close()
    phone.line.say(sounds.samples("prompt"))
    done = inbound.finished(mark)  # by two seconds of silence, as the program had ordered
    assert done["variable_silence_hits_exhausted"] == "true"
    assert done["Answer-State"] == "answered"
    assert heard_in_parts(sounds.samples("prompt"), read_wav(file)) > SAID
    assert phone.line.hears(sounds.samples("menu")) > LIKE
    spooled(switch, before)


def test_a_caller_who_hangs_up_while_recorded_without_a_program_leaves_the_recording(
    switch: Switch, program: Program, phone: Phone, inbound: Connection, sounds: Sounds
) -> None:
    before = held(switch)
    file = recording(switch.recordings, "orphan-left.wav")
    inbound.command("event plain CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE CHANNEL_DESTROY")
    leg = taken(switch, program, phone)
    leg.esl.start("set", "enable_file_write_buffering=false")
    mark = leg.esl.start("record", f"{file} 60 200 10")
    inbound.event("CHANNEL_EXECUTE", Application_UUID=mark)
    leg.esl.close()
    phone.line.say(sounds.samples("prompt"))
    phone.line.wait_said()
    phone.hang_up()
    assert inbound.finished(mark)["Answer-State"] == "hangup"
    inbound.event("CHANNEL_DESTROY", Unique_ID=leg.uuid)
    assert heard_in_parts(sounds.samples("prompt"), read_wav(file)) > SAID
    assert held(switch) == before
