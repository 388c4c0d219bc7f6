"""Several executes sent at once: in line with event-lock, one inside the other without."""

from tests.contract.client import Connection
from tests.contract.conftest import Leg
from tests.contract.rtp import LIKE
from tests.contract.sounds import Sounds


def application_steps(leg: Leg) -> list[str]:
    """`+mark` when an application began, `-mark` when it was done."""
    sign = {"CHANNEL_EXECUTE": "+", "CHANNEL_EXECUTE_COMPLETE": "-"}
    return [
        sign[event.name] + event["Application-UUID"]
        for event in leg.esl.seen
        if event.name in sign and event["Application"] == "playback"
    ]


def test_locked_executes_run_one_after_the_other(leg: Leg, sounds: Sounds) -> None:
    for mark, name in (("one", "two"), ("two", "short"), ("three", "two")):
        leg.esl.start("playback", sounds.path(name), mark=mark, event_lock="true")
    leg.esl.finished("three")
    assert application_steps(leg) == ["+one", "-one", "+two", "-two", "+three", "-three"]


def test_locked_playbacks_are_heard_in_their_order(leg: Leg, sounds: Sounds) -> None:
    leg.esl.start("playback", sounds.path("two"), mark="first", event_lock="true")
    leg.esl.start("playback", sounds.path("short"), mark="second", event_lock="true")
    leg.esl.finished("second")
    assert leg.phone.line.hears(sounds.samples("two")) > LIKE
    assert leg.phone.line.hears(sounds.samples("short")) > LIKE


def test_without_a_lock_the_second_runs_inside_the_first(leg: Leg, sounds: Sounds) -> None:
    leg.esl.start("playback", sounds.path("prompt"), mark="outer")
    leg.esl.start("playback", sounds.path("two"), mark="inner")
    leg.esl.finished("outer")
    assert application_steps(leg) == ["+outer", "+inner", "-inner", "-outer"]


def test_a_break_ends_what_runs_now(leg: Leg, inbound: Connection, sounds: Sounds) -> None:
    mark = leg.esl.start("playback", sounds.path("long"))
    leg.esl.event("CHANNEL_EXECUTE", Application="playback")
    assert inbound.api(f"uuid_break {leg.uuid}") == "+OK\n"
    assert leg.esl.finished(mark)["Application-Response"] == "FILE PLAYED"


def test_a_call_goes_on_after_a_break(leg: Leg, inbound: Connection, sounds: Sounds) -> None:
    mark = leg.esl.start("playback", sounds.path("long"))
    leg.esl.event("CHANNEL_EXECUTE", Application="playback")
    inbound.api(f"uuid_break {leg.uuid}")
    leg.esl.finished(mark)
    leg.esl.run("playback", sounds.path("two"))
    assert leg.phone.line.hears(sounds.samples("two")) > LIKE


def test_an_execute_is_sent_to_a_call_by_its_uuid(leg: Leg, inbound: Connection) -> None:
    reply = inbound.command(
        f"sendmsg {leg.uuid}\ncall-command: execute\nexecute-app-name: set\n"
        "execute-app-arg: from=outside\nEvent-UUID: outside"
    )
    assert reply.reply == "+OK"
    assert leg.esl.finished("outside")["variable_from"] == "outside"


def test_variables_are_set_and_read_back(leg: Leg) -> None:
    leg.esl.run("multiset", "^^,one=1,two=2")
    done = leg.esl.run("set", "my_var=hello world")
    assert done["variable_one"] == "1"
    assert done["variable_two"] == "2"
    assert done["variable_my_var"] == "hello world"
    assert leg.esl.command("getvar my_var").reply == "hello world"
    assert leg.esl.command("getvar nothing_like_it").reply == "-ERR command not found"


def test_a_variable_can_be_unset(leg: Leg) -> None:
    leg.esl.run("set", "gone=1")
    done = leg.esl.run("unset", "gone")
    assert done.get("variable_gone") is None


def test_a_variable_may_be_made_from_another(leg: Leg) -> None:
    leg.esl.run("set", "first=abc")
    done = leg.esl.run("set", "second=${first}-d")
    assert done["variable_second"] == "abc-d"
    assert done["Application-Data"] == "second=abc-d"


def test_an_exported_variable_is_listed_for_the_other_leg(leg: Leg) -> None:
    done = leg.esl.run("export", "colour=red")
    assert done["variable_colour"] == "red"
    assert done["variable_export_vars"] == "colour"
