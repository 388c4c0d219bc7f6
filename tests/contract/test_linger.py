"""The end of a program's connection: lingering, notices, and programs that go away."""

from tests.contract.client import Connection, log_in
from tests.contract.conftest import CallMaker, Leg
from tests.contract.rtp import LIKE
from tests.contract.sounds import Sounds
from tests.switches import Switch

GOODBYE = "Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n"


def observer(switch: Switch, uuid: str) -> Connection:
    watching = log_in(switch.esl, switch.password)
    watching.command("event plain CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE CHANNEL_EXECUTE_COMPLETE")
    told = watching.command(f"filter Unique-ID {uuid}").reply
    assert told == f"+OK filter added. [Unique-ID]=[{uuid}]"
    return watching


def test_a_lingering_connection_is_told_twice_and_then_closed(calls: CallMaker) -> None:
    leg = calls(linger="linger 1")
    leg.phone.hang_up()
    first = leg.esl.notice("linger")
    assert first["Controlled-Session-UUID"] == leg.uuid
    assert first["Linger-Time"] == "1"
    assert first["Content-Length"] == "0"
    last = leg.esl.notice("disconnect")
    assert last["Controlled-Session-UUID"] == leg.uuid
    assert last["Content-Length"] == "67"
    assert last.text == GOODBYE
    assert leg.esl.rest() == []


def test_a_notice_names_its_type_first_and_is_not_encoded(calls: CallMaker) -> None:
    leg = calls(linger="linger 1")
    leg.phone.hang_up()
    notice = leg.esl.notice("linger")
    assert [name for name, _ in notice.wire] == [
        "Content-Type",
        "Controlled-Session-UUID",
        "Content-Disposition",
        "Channel-Name",
        "Linger-Time",
        "Content-Length",
    ]
    assert notice["Channel-Name"].startswith("sofia/internal/5551234@127.0.0.1")


def test_a_linger_without_seconds_stays_until_exit(calls: CallMaker) -> None:
    leg = calls(linger="linger")
    leg.phone.hang_up()
    assert leg.esl.notice("linger")["Linger-Time"] == "-1"
    assert leg.esl.command("exit").reply == "+OK bye"
    assert leg.esl.notice("disconnect").text == GOODBYE
    assert leg.esl.rest() == []


def test_without_linger_the_connection_ends_with_the_call(calls: CallMaker) -> None:
    leg = calls(linger="")
    leg.phone.hang_up()
    rest = leg.esl.rest()
    assert rest[-1].get("Content-Disposition") == "disconnect"
    assert rest[-1].text == GOODBYE


def test_lingering_can_be_called_off(calls: CallMaker) -> None:
    leg = calls(linger="linger 30")
    assert leg.esl.command("nolinger").reply == "+OK will not linger"
    leg.phone.hang_up()
    assert leg.esl.rest()[-1].get("Content-Disposition") == "disconnect"


def test_everything_is_told_before_the_end_of_a_lingering_connection(calls: CallMaker) -> None:
    leg = calls(linger="linger 1")
    leg.phone.hang_up()
    leg.esl.rest()
    assert "CHANNEL_HANGUP_COMPLETE" in leg.esl.names()
    assert leg.esl.names()[-1] == "notice:disconnect"


def test_a_program_that_leaves_an_idle_call_ends_it(leg: Leg, switch: Switch) -> None:
    watching = observer(switch, leg.uuid)
    leg.esl.close()
    assert watching.event("CHANNEL_HANGUP")["Hangup-Cause"] == "NORMAL_CLEARING"
    leg.phone.wait_end()
    watching.close()


def test_a_program_that_leaves_lets_the_running_playback_finish(
    leg: Leg, switch: Switch, sounds: Sounds
) -> None:
    watching = observer(switch, leg.uuid)
    mark = leg.esl.start("playback", sounds.path("prompt"))
    leg.esl.event("CHANNEL_EXECUTE", Application="playback")
    leg.esl.close()
    done = watching.finished(mark)
    assert done["Answer-State"] == "answered"
    assert done["Application-Response"] == "FILE PLAYED"
    assert watching.event("CHANNEL_HANGUP")["Hangup-Cause"] == "NORMAL_CLEARING"
    assert leg.phone.line.hears(sounds.samples("prompt")) > LIKE
    watching.close()


def test_exit_in_a_call_is_confirmed_and_ends_it(leg: Leg) -> None:
    assert leg.esl.command("exit").reply == "+OK bye"
    assert leg.esl.notice("disconnect")["Controlled-Session-UUID"] == leg.uuid
    assert leg.esl.rest() == []
    leg.phone.wait_end()
