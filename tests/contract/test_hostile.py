"""Callers choose their names and numbers: nothing in them may become anything but data."""

import socket

import pytest

from tests.contract.client import Connection, Program, split_headers
from tests.contract.conftest import PhoneMaker
from tests.contract.dialplan import PROGRAM
from tests.switches import Switch

NAMES = {
    "an encoded line feed": ("Eve%0AUnique-ID: forged", "Eve\nUnique-ID: forged"),
    "an encoded header end": ("Eve%0A%0AContent-Type: x", "Eve\n\nContent-Type: x"),
    "an encoded zero": ("a%00b", "a"),
    "an encoded per cent": ("100%25 sure", "100% sure"),
    "a variable": ("${hostname} $${domain}", "%{hostname} $%{domain}"),
    "an expression": ("${system(touch owned)}", "%{system(touch owned)}"),
    "a template": ("{{ 7*7 }}", "{{ 7*7 }}"),
    "sql": ("Robert'); drop table calls;--", "Robert'); drop table calls;--"),
    "semicolons and angles": ("a;b=c<d>e,f|g!h^^:i", "a;b=c<d>e,f|g!h^^:i"),
    "chinese": ("報紙訂戶", "報紙訂戶"),
    "braces": ("{a=b}[c=d]<e=f>", "{a=b}[c=d]<e=f>"),
}
"""What the phone sends, and what the program is told.

FreeSWITCH decodes per cents and defuses `${` in a display name. The line feed that comes of it is
encoded again on the Event Socket.
"""


def named_call(switch: Switch, program: Program, phones: PhoneMaker, name: str) -> Connection:
    phone = phones()
    phone.name = f'"{name}"'
    phone.call(switch.sip, PROGRAM)
    return program.accept()


@pytest.mark.parametrize("kind", NAMES)
def test_a_hostile_name_is_told_as_data(
    switch: Switch, program: Program, phones: PhoneMaker, kind: str
) -> None:
    sent, told = NAMES[kind]
    esl = named_call(switch, program, phones, sent)
    connected = esl.command("connect")
    assert connected["Caller-Caller-ID-Name"] == told
    names = [name for name, _ in connected.wire]
    assert names.count("Unique-ID") == 1
    assert names.count("Content-Type") == 1
    assert connected["Unique-ID"] != "forged"


@pytest.mark.parametrize("kind", NAMES)
def test_a_call_with_a_hostile_name_works_to_its_end(
    switch: Switch, program: Program, phones: PhoneMaker, kind: str
) -> None:
    sent, told = NAMES[kind]
    esl = named_call(switch, program, phones, sent)
    esl.command("connect")
    esl.command("myevents")
    esl.command("linger 2")
    done = esl.run("answer")
    assert done["Caller-Caller-ID-Name"] == told
    esl.run("hangup")
    last = esl.event("CHANNEL_HANGUP_COMPLETE")
    inner = last.body.partition(b"\n\n")[0]
    assert [name for name, _ in split_headers(inner)].count("Unique-ID") == 1


def test_a_name_of_ten_kilobytes_does_no_harm(
    switch: Switch, program: Program, phones: PhoneMaker
) -> None:
    name = "報" * 3400
    esl = named_call(switch, program, phones, name)
    connected = esl.command("connect")
    assert connected["Caller-Caller-ID-Name"] == name
    esl.command("myevents")
    assert esl.run("answer")["Answer-State"] == "answered"


def test_quotes_inside_a_name_do_not_end_it(
    switch: Switch, program: Program, phones: PhoneMaker
) -> None:
    esl = named_call(switch, program, phones, r"say \"hi\" now")
    told = esl.command("connect")["Caller-Caller-ID-Name"]
    assert "hi" in told
    assert "now" in told


def test_headers_of_the_caller_are_variables_and_nothing_else(
    switch: Switch, program: Program, phones: PhoneMaker
) -> None:
    phone = phones()
    phone.call(switch.sip, PROGRAM, ("X-Note", "a%0Ab: c"), ("X-Trick", "${hostname}"))
    connected = program.accept().command("connect")
    assert connected["variable_sip_h_X-Note"] == "a\nb: c"
    assert connected.get("variable_sip_h_X-Trick") is None


def test_a_newline_in_a_value_cannot_become_a_header(inbound: Connection) -> None:
    inbound.command("event plain CUSTOM desk::note")
    inbound.command("sendevent CUSTOM\nEvent-Subclass: desk::note\nX-A: one%0AX-B: two")
    told = inbound.event("CUSTOM")
    assert told["X-A"] == "one\nX-B: two"
    assert told.get("X-B") is None


@pytest.mark.parametrize("garbage", ["\x00\x01\x02\n\n", "\xff" * 5000 + "\n\n", "\n" * 400])
def test_garbage_on_one_connection_leaves_the_switch_as_it_was(
    switch: Switch, inbound: Connection, garbage: str
) -> None:
    other = Connection(socket.create_connection(switch.esl, timeout=5))
    other.send(garbage.encode("latin-1"))
    assert inbound.api("echo still here") == "still here"
    other.close()
    assert inbound.api("echo still here") == "still here"
