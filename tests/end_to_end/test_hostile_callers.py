"""Callers choose their names and numbers: whatever these are, they stay data."""

import pytest

from tests.contract import sip
from tests.contract.phone import Phone
from tests.contract.sip_end import Dialog
from tests.end_to_end.box import Box
from tests.end_to_end.callers import call, call_id, kept
from tests.end_to_end.conftest import PhoneMaker
from tests.end_to_end.spoken import Spoken
from tests.end_to_end.test_a_subscriber_calls import END_DATE
from tests.end_to_end.waiting import eventually

TRICK = "6601"
"""Called by nobody, unless something in a name was obeyed."""
NAMES = {
    "a forged header": "Eve%0AUnique-ID: forged%0AContent-Length: 0",
    "a command": f"Eve%0A%0Abgapi originate loopback/{TRICK} &park()%0A%0A",
    "an application": "Eve%0A%0Asendmsg%0Acall-command: execute%0A"
    f"execute-app-name: transfer%0Aexecute-app-arg: {TRICK}%0A%0A",
    "quotes": r"say \"hi\" 'now' `id`",
    "a variable": "${hostname} ${system(touch owned)} $${domain}",
    "a template": "{{ 7*7 }}{% for i in range(9) %}x{% endfor %}",
    "sql": "Robert'); drop table call;--",
    "ten kilobytes": "報" * 3400,
    "an encoded zero": "Eve%00Adam",
    "a zero": "Eve\0Adam",
    "no utf-8": "caf\udce9",
    "escapes of a terminal": "\x1b[31mred\x1b[0m\x07",
    "directions of writing": "\u202eevE\u2066",
    "an empty name": "",
    "html": "<script>alert(1)</script>",
}
NUMBERS = {
    "a command": f"55%0A%0Aapi%20originate%20loopback/{TRICK}%20%26park()%0A",
    "sql": "5'%3B%20drop%20table%20call%3B--",
    "a variable": "${system(touch%20owned)}",
    "a template": "{{7*7}}",
    "letters": "anonymous",
    "a thousand digits": "5" * 1000,
    "chinese": "%E5%A0%B1" * 40,
    "raw chinese and blanks": "報 紙\t5",
}


def outcome(phone: Phone, box: Box) -> str:
    """Calls 100 and hangs up: `answered`, `refused`, or `ignored` for what is no SIP at all."""
    phone.call(box.sip, "100")
    try:
        eventually(lambda: phone.answered.is_set() or phone.ended.is_set(), "an outcome", 3)
    except AssertionError:
        return "ignored"
    if not phone.answered.is_set():
        return "refused"
    box.ledger.wait_started(call_id(phone))
    phone.hang_up()
    return "answered"


def assert_unharmed(box: Box, phones: PhoneMaker) -> None:
    """The next call is answered and kept; nobody has called the trick number."""
    after = call(phones("5550599"), box)
    box.ledger.wait_started(call_id(after))
    after.hang_up()
    assert kept(after, box).caller_number == "5550599"
    assert not box.ledger.calls("dialled LIKE ?", f"%{TRICK}%")
    assert "Traceback" not in box.said()
    assert not list(box.home.parent.rglob("owned"))


@pytest.mark.parametrize("kind", NAMES)
def test_a_hostile_name_is_kept_as_data_and_the_next_call_works(
    box: Box, phones: PhoneMaker, kind: str
) -> None:
    phone = phones("5550501")
    phone.name = f'"{NAMES[kind]}"'
    if outcome(phone, box) == "answered":
        found = kept(phone, box)
        assert found.caller_number == "5550501"
        assert found.state == "hung_up"
        assert len(found.caller_name) <= 200
        assert "\0" not in found.caller_name
        assert "49" not in found.caller_name
    assert_unharmed(box, phones)


@pytest.mark.parametrize("kind", NUMBERS)
def test_a_hostile_number_is_kept_as_data_and_the_next_call_works(
    box: Box, phones: PhoneMaker, kind: str
) -> None:
    phone = phones(NUMBERS[kind])
    if outcome(phone, box) == "answered":
        found = kept(phone, box)
        assert found.state == "hung_up"
        assert len(found.caller_number) <= 64
        assert "49" not in found.caller_number
    assert_unharmed(box, phones)


def test_what_hostile_callers_left_is_listed_one_line_a_call(box: Box, phones: PhoneMaker) -> None:
    for name in ("Eve%0A2026-01-01 00:00:00  forged", "\x1b[2J\x1b[31mred"):
        phone = phones("5550503")
        phone.name = f'"{name}"'
        if outcome(phone, box) == "answered":
            kept(phone, box)
    calls = box.ledger.calls("caller_number = '5550503'")
    lines = box.done("calls", "5550503").splitlines()
    assert len(lines) == len(calls)
    assert all("5550503" in line for line in lines)
    assert "\x1b" not in "".join(lines)


def test_a_dialled_number_that_is_hostile_is_refused_and_kept(box: Box, phones: PhoneMaker) -> None:
    for number in ("1%0A00", "100'%3B--", "$%7Bhostname%7D", "9" * 500):
        phone = phones("5550504").call(box.sip, number)
        phone.wait_end()
    assert {found.flow for found in box.ledger.calls("caller_number = '5550504'")} <= {""}
    assert_unharmed(box, phones)


def test_a_second_call_with_the_first_ones_call_id_disturbs_nobody(
    box: Box, phones: PhoneMaker, spoken: Spoken
) -> None:
    first, second = call(phones("5550505"), box), phones("5550506")
    uri = f"sip:100@{box.sip[0]}:{box.sip[1]}"
    local = f"{second.name} <sip:5550506@127.0.0.1:{second.port}>;tag={second.tag}"
    second.dialog = Dialog(uri, local, f"<{uri}>", call_id(first), box.sip)
    second.request("INVITE", body=sip.session(second.line.port))
    second.final()
    first.press("11234#")
    spoken.wait_heard(END_DATE, first.line.heard)
    second.hang_up()
    first.hang_up()
    kept(first, box)
    mine = "caller_number IN ('5550505', '5550506') AND ended_at IS NULL"
    eventually(lambda: not box.ledger.calls(mine), "both calls have their end")
    assert_unharmed(box, phones)
