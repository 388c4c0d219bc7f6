"""Which events a connection is told of, and in which form."""

import json

from tests.contract.client import Connection, log_in
from tests.contract.conftest import CallMaker, Leg, PhoneMaker
from tests.contract.dialplan import ECHO
from tests.contract.sounds import Sounds
from tests.switches import Switch

WHOLE_CALL = [
    "CHANNEL_CREATE",
    "CHANNEL_EXECUTE",
    "CHANNEL_ANSWER",
    "CHANNEL_EXECUTE_COMPLETE",
    "CHANNEL_EXECUTE",
    "CHANNEL_HANGUP",
    "CHANNEL_EXECUTE_COMPLETE",
    "CHANNEL_HANGUP_COMPLETE",
    "CHANNEL_DESTROY",
]
"""Of a call to the echo: `answer`, then `echo` until the caller hangs up."""


BESIDE = ("CHANNEL_STATE", "CHANNEL_CALLSTATE", "CODEC", "RECV_INFO", "CALL_UPDATE")
PRESENCE = ("PRESENCE_IN", "PRESENCE_OUT")
"""Of FreeSWITCH with manage-presence, which the message lamp needs."""


def whole_call(switch: Switch, phones: PhoneMaker, inbound: Connection) -> str:
    """Call the echo and hang up; the call's UUID, when the last event has come."""
    phone = phones().call(switch.sip, ECHO).wait_answer()
    created = inbound.event("CHANNEL_CREATE")
    phone.hang_up()
    inbound.event("CHANNEL_DESTROY", Unique_ID=created["Unique-ID"])
    return created["Unique-ID"]


def test_a_call_is_told_from_its_creation_to_its_destruction(
    switch: Switch, phones: PhoneMaker, inbound: Connection
) -> None:
    inbound.command(f"event plain {' '.join(sorted(set(WHOLE_CALL)))}")
    uuid = whole_call(switch, phones, inbound)
    assert [e.name for e in inbound.seen if e.get("Unique-ID") == uuid] == WHOLE_CALL


def test_all_events_are_told_to_who_asks_for_all(
    switch: Switch, phones: PhoneMaker, inbound: Connection
) -> None:
    assert inbound.command("event plain ALL").reply == "+OK event listener enabled plain"
    uuid = whole_call(switch, phones, inbound)
    own = [e for e in inbound.seen if e.get("Unique-ID") == uuid]
    assert [e.name for e in own if e.name not in (*BESIDE, *PRESENCE)] == WHOLE_CALL
    states = [e["Channel-State"] for e in own if e.name == "CHANNEL_STATE"]
    assert states[:4] == ["CS_NEW", "CS_INIT", "CS_ROUTING", "CS_EXECUTE"]
    assert states[4:] == ["CS_HANGUP", "CS_REPORTING"]
    call_states = [e["Channel-Call-State"] for e in own if e.name == "CHANNEL_CALLSTATE"]
    assert call_states == ["RINGING", "ACTIVE", "HANGUP"]


def test_events_are_numbered_in_order(
    switch: Switch, phones: PhoneMaker, inbound: Connection
) -> None:
    inbound.command("event plain ALL")
    whole_call(switch, phones, inbound)
    numbers = [int(event["Event-Sequence"]) for event in inbound.seen]
    assert numbers == sorted(set(numbers))


def test_a_program_is_told_of_its_own_call_only(calls: CallMaker) -> None:
    first, second = calls(), calls()
    second.esl.run("set", "a=b")
    first.esl.run("set", "a=b")
    assert {event["Unique-ID"] for event in first.esl.seen if event.name} == {first.uuid}


def test_myevents_leaves_out_playback_events_until_they_are_asked_for(
    leg: Leg, sounds: Sounds
) -> None:
    leg.esl.run("playback", sounds.path("two"))
    assert "PLAYBACK_START" not in leg.esl.names()
    leg.esl.command("event plain PLAYBACK_START")
    leg.esl.run("playback", sounds.path("two"))
    assert "PLAYBACK_START" in leg.esl.names()


def test_myevents_is_asked_for_once(leg: Leg) -> None:
    assert leg.esl.command("myevents").reply == "-ERR aready enabled."


def test_a_kind_of_event_can_be_given_up(leg: Leg) -> None:
    assert leg.esl.command("nixevent CHANNEL_EXECUTE").reply == "+OK events nixed"
    before = len(leg.esl.seen)
    leg.esl.run("set", "a=b")
    assert "CHANNEL_EXECUTE" not in [event.name for event in leg.esl.seen[before:]]


def test_events_may_be_json(calls: CallMaker) -> None:
    leg = calls(events="myevents json")
    done = leg.esl.run("set", "text=a b%20ö")
    assert done.content_type == "text/event-json"
    told = json.loads(done.body)
    assert told["Event-Name"] == "CHANNEL_EXECUTE_COMPLETE"
    assert told["variable_text"] == "a b%20ö"
    assert not done.body.endswith(b"\n")


def test_a_json_job_carries_its_words_in_body(inbound: Connection) -> None:
    inbound.command("event json BACKGROUND_JOB")
    inbound.command("bgapi echo hello")
    done = inbound.event("BACKGROUND_JOB")
    assert done.text == "hello"
    assert json.loads(done.body)["_body"] == "hello"


def tell(inbound: Connection, **headers: str) -> None:
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    reply = inbound.command("\n".join(["sendevent CUSTOM", *lines]))
    assert reply.reply.startswith("+OK ")


def test_one_client_can_tell_another_something(switch: Switch, inbound: Connection) -> None:
    listener = log_in(switch.esl, switch.password)
    listener.command("event plain CUSTOM desk::note")
    tell(inbound, Event_Subclass="desk::other", X_Note="not for you")
    tell(inbound, Event_Subclass="desk::note", X_Note="hello, 100% ö")
    told = listener.event("CUSTOM")
    assert told["Event-Subclass"] == "desk::note"
    assert told["X-Note"] == "hello, 100% ö"
    listener.close()


def test_an_event_sent_may_carry_a_body(switch: Switch, inbound: Connection) -> None:
    listener = log_in(switch.esl, switch.password)
    listener.command("event json CUSTOM desk::note")
    body = "two\nlines"
    inbound.command(
        f"sendevent CUSTOM\nEvent-Subclass: desk::note\ncontent-length: {len(body)}\n\n{body}"
    )
    assert listener.event("CUSTOM").text == body
    listener.close()


def test_filters_let_through_what_any_of_them_matches(inbound: Connection) -> None:
    inbound.command("event plain CUSTOM desk::note")
    assert inbound.command("filter X-A 1").reply == "+OK filter added. [X-A]=[1]"
    inbound.command("filter X-B 2")
    for headers in ({"X_A": "2"}, {"X_A": "1"}, {"X_B": "1"}, {"X_B": "2"}):
        tell(inbound, Event_Subclass="desk::note", **headers)
    first, second = inbound.event("CUSTOM"), inbound.event("CUSTOM")
    assert first.get("X-A") == "1"
    assert second.get("X-B") == "2"


def test_a_filter_may_be_a_pattern(inbound: Connection) -> None:
    inbound.command("event plain CUSTOM desk::note")
    inbound.command("filter X-A /^a.c$/")
    for value in ("ac", "abcd", "abc"):
        tell(inbound, Event_Subclass="desk::note", X_A=value)
    assert inbound.event("CUSTOM")["X-A"] == "abc"


def test_a_filter_can_be_deleted(inbound: Connection) -> None:
    inbound.command("event plain CUSTOM desk::note")
    inbound.command("filter X-A 1")
    assert inbound.command("filter delete X-A 1").reply == "+OK filter deleted. [X-A][1]"
    tell(inbound, Event_Subclass="desk::note", X_A="2")
    assert inbound.event("CUSTOM")["X-A"] == "2"


def test_all_filters_can_be_deleted_at_once(inbound: Connection) -> None:
    inbound.command("event plain CUSTOM desk::note")
    inbound.command("filter X-A 1")
    inbound.command("filter X-B 1")
    assert inbound.command("filter delete all").reply == "+OK filter deleted. [all][]"
    tell(inbound, Event_Subclass="desk::note", X_A="2")
    assert inbound.event("CUSTOM")["X-A"] == "2"


def test_values_are_encoded_on_the_wire_by_one_set_of_characters(inbound: Connection) -> None:
    inbound.command("event plain CUSTOM desk::note")
    plain, encoded = "/,()!*'~-._aZ9$", '"#%&+:;<=>?@[\\]^`{|} ö'
    tell(inbound, Event_Subclass="desk::note", X_A=plain + encoded)
    body = inbound.event("CUSTOM").body.decode()
    line = next(line for line in body.split("\n") if line.startswith("X-A: "))
    expected = "".join(f"%{byte:02X}" for byte in encoded.encode())
    assert line == f"X-A: {plain}{expected}"
