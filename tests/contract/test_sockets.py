"""The other ways in which a program may be reached: synchronously, or not at all."""

from tests.contract.client import Connection, Program
from tests.contract.conftest import PhoneMaker
from tests.contract.dialplan import NATIVE, REFUSED, REFUSED_WITH_MORE, SYNCHRONOUS
from tests.contract.phone import Phone
from tests.contract.rtp import LIKE
from tests.contract.sounds import Sounds
from tests.switches import Switch


def test_a_synchronous_socket_replies_when_the_application_is_done(
    switch: Switch, program: Program, phone: Phone, sounds: Sounds
) -> None:
    phone.call(switch.sip, SYNCHRONOUS)
    esl = program.accept()
    connected = esl.command("connect")
    assert connected["Socket-Mode"] == "static"
    assert connected["Control"] == "full"
    esl.command("myevents")
    esl.send(
        "sendmsg\ncall-command: execute\nexecute-app-name: playback\n"
        f"execute-app-arg: {sounds.path('prompt')}\nEvent-UUID: s\n\n"
    )
    assert esl.answer().reply == "+OK"
    assert phone.line.hears(sounds.samples("prompt"), limit=1) > LIKE
    done = esl.finished("s")
    assert done["Application-Response"] == "FILE PLAYED"


def test_a_socket_that_is_refused_ends_an_unanswered_call(
    switch: Switch, phone: Phone, inbound: Connection
) -> None:
    inbound.command("event plain CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP")
    assert phone.call(switch.sip, REFUSED).final() == 480
    ended = inbound.event("CHANNEL_HANGUP")
    assert ended["Hangup-Cause"] == "NORMAL_CLEARING"
    assert inbound.names() == ["CHANNEL_EXECUTE", "CHANNEL_EXECUTE_COMPLETE", "CHANNEL_HANGUP"]


def test_the_dialplan_goes_on_behind_a_refused_socket(
    switch: Switch, phone: Phone, sounds: Sounds
) -> None:
    phone.call(switch.sip, REFUSED_WITH_MORE).wait_answer()
    assert phone.line.hears(sounds.samples("ok")) > LIKE
    phone.wait_end()


def test_the_dialplan_itself_can_be_a_menu(switch: Switch, phone: Phone, sounds: Sounds) -> None:
    phone.call(switch.sip, NATIVE).wait_answer()
    assert phone.line.hears(sounds.samples("menu")) > LIKE
    phone.press("1")
    assert phone.line.hears(sounds.samples("ok")) > LIKE
    phone.wait_end()


def test_calls_are_handed_over_side_by_side(
    switch: Switch, program: Program, phones: PhoneMaker
) -> None:
    many = [phones(str(5000 + number)).call(switch.sip, "102") for number in range(8)]
    told = {program.accept().command("connect")["Caller-Caller-ID-Number"] for _ in many}
    assert told == {phone.number for phone in many}
