"""Each part of the box is killed in turn: callers are told, `up` mends it, the next call works."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psutil
import pytest

from appliance.notice import NOTICE
from tests.contract.phone import Phone
from tests.contract.rtp import SAID
from tests.end_to_end.box import Box, all_gone
from tests.end_to_end.callers import call, call_id, kept
from tests.end_to_end.conftest import PhoneMaker
from tests.end_to_end.spoken import Spoken
from tests.end_to_end.test_a_subscriber_calls import END_DATE
from tests.end_to_end.waiting import eventually

pytestmark = pytest.mark.timeout(300)

PATIENCE = 90.0
"""Seconds for a call that the box did not take: its switch, and whoever fetches the call back, may
have to wait for a busy machine."""


def killed(box: Box, part: str) -> None:
    """Kill a part and wait until `up` has started another, and nothing of the old one is left."""
    old = box.parts(part)
    children = old[0].children(recursive=True)
    before = {process.pid for process in old}
    box.kill(part)
    eventually(lambda: all_gone([*old, *children]), f"the old {part} is gone with its children")
    again = f"{part} runs again"
    eventually(lambda: {process.pid for process in box.parts(part)} - before, again)


def asks(phone: Phone, box: Box) -> Phone:
    """A caller who is in the subscription's menu."""
    call(phone, box)
    phone.press("1")
    box.ledger.wait_started(call_id(phone))
    return phone


def assert_answers(box: Box, phones: PhoneMaker, spoken: Spoken) -> None:
    """A new caller hears a fact out of the database."""
    phone = call(phones("5550699"), box)
    phone.press("11234#")
    spoken.wait_heard(END_DATE, phone.line.heard)
    phone.hang_up()
    kept(phone, box)


def test_when_the_callbox_is_killed_its_call_is_lost_and_the_next_is_answered(
    rough_box: Box, phones: PhoneMaker, rough_spoken: Spoken
) -> None:
    phone = asks(phones("5550601"), rough_box)
    killed(rough_box, "callbox")
    phone.wait_end(30)
    rough_box.wait_until_well()
    found = kept(phone, rough_box)
    assert (found.state, found.reason) == ("lost", "the box stopped during the call")
    assert_answers(rough_box, phones, rough_spoken)


@pytest.mark.parametrize("part", ["worker", "panel"])
def test_a_call_goes_on_while_the_worker_or_the_panel_is_killed(
    rough_box: Box, phones: PhoneMaker, rough_spoken: Spoken, part: str
) -> None:
    phone = asks(phones("5550603"), rough_box)
    killed(rough_box, part)
    phone.press("1234#")
    rough_spoken.wait_heard(END_DATE, phone.line.heard)
    rough_box.wait_until_well()


def test_a_call_goes_on_when_the_processes_that_speak_and_ask_are_killed(
    rough_box: Box, phones: PhoneMaker, rough_spoken: Spoken
) -> None:
    phone = asks(phones("5550604"), rough_box)
    for process in rough_box.parts("sidecar"):
        process.kill()
    phone.press("1234#")
    rough_spoken.wait_heard(END_DATE, phone.line.heard)


def embedded_switch_killed(box: Box) -> None:
    killed(box, "switch")


def freeswitch_killed(box: Box) -> None:
    assert box.freeswitch is not None
    box.freeswitch.kill()
    box.freeswitch.start()


def freeswitch_stopped(box: Box) -> None:
    assert box.freeswitch is not None
    box.freeswitch.stop()
    box.freeswitch.start()


ENDS = {
    "embedded": [embedded_switch_killed],
    "freeswitch": [freeswitch_killed, freeswitch_stopped],
}


@pytest.mark.parametrize(
    "end", [embedded_switch_killed, freeswitch_killed, freeswitch_stopped], ids=lambda f: f.__name__
)
def test_when_the_switch_ends_and_comes_back_the_box_finds_it_again(
    rough_box: Box, phones: PhoneMaker, rough_spoken: Spoken, end: Callable[[Box], None]
) -> None:
    if end not in ENDS[rough_box.switch]:
        pytest.skip(f"not a way for {rough_box.switch} to end")
    phone = asks(phones("5550605"), rough_box)
    end(rough_box)
    assert kept(phone, rough_box).state in ("lost", "hung_up")
    rough_box.wait_until_well()
    assert_answers(rough_box, phones, rough_spoken)


@contextmanager
def without_callbox(box: Box) -> Iterator[None]:
    """Its port is closed, and nobody starts another, until the end."""
    assert box.process is not None
    supervisor = psutil.Process(box.process.pid)
    supervisor.suspend()
    try:
        old = box.parts("callbox")
        box.kill("callbox")
        eventually(lambda: all_gone(old), "the old callbox is gone")
        yield
    finally:
        supervisor.resume()


def in_its_place(box: Box) -> socket.socket | None:
    """A listener where the callbox was; None while the port is not free yet."""
    try:
        return socket.create_server(box.callbox)
    except OSError:
        return None


def wait_told(spoken: Spoken, phone: Phone, *texts: str) -> None:
    """Until one of them was heard, whole or, where a clock jumped, in its parts."""

    def is_told() -> bool:
        heard = phone.line.heard()
        return any(
            max(spoken.likeness(text, heard), spoken.likeness_in_parts(text, heard)) > SAID
            for text in texts
        )

    eventually(is_told, f"one of these was heard: {texts}", PATIENCE)


def test_while_the_callbox_cannot_stay_up_callers_hear_a_notice_and_not_silence(
    rough_box: Box, phones: PhoneMaker, rough_spoken: Spoken
) -> None:
    with without_callbox(rough_box):
        phone = phones("5550606").call(rough_box.sip, "100").wait_answer(PATIENCE)
        wait_told(rough_spoken, phone, NOTICE["en"])
    phone.hang_up()
    rough_box.wait_until_well()
    assert_answers(rough_box, phones, rough_spoken)


def test_a_caller_whose_callbox_dies_before_it_says_a_word_is_not_left_in_silence(
    rough_box: Box, phones: PhoneMaker, rough_spoken: Spoken
) -> None:
    """FreeSWITCH forgets such a call, and the next callbox fetches it back."""
    with without_callbox(rough_box), eventually(lambda: in_its_place(rough_box), "a port") as dying:
        phone = phones("5550608").call(rough_box.sip, "100")
        taken, _ = dying.accept()
        taken.close()  # as of a process that was killed
    rough_box.wait_until_well()
    wait_told(rough_spoken, phone, NOTICE["en"], "Welcome to the Daily.")
    phone.hang_up()


def test_a_caller_who_comes_while_the_callbox_is_frozen_is_answered_when_it_thaws(
    rough_box: Box, phones: PhoneMaker, rough_spoken: Spoken
) -> None:
    rough_box.wait_until_well()
    (callbox,) = rough_box.parts("callbox")
    callbox.suspend()
    try:
        phone = phones("5550607").call(rough_box.sip, "100")
        eventually(lambda: phone.messages, "the switch has the call")
    finally:
        callbox.resume()
    phone.wait_answer().press("11234#")
    rough_spoken.wait_heard(END_DATE, phone.line.heard)
