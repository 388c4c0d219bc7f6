"""Keys and hang-ups at moments that no menu has asked for."""

import asyncio
from collections.abc import Sequence

import pytest

from appliance.phone.calling import place_call
from appliance.phone.options import CallOptions, Progress
from tests.end_to_end.box import Box
from tests.end_to_end.callers import call, kept, press_by_info
from tests.end_to_end.conftest import PhoneMaker
from tests.end_to_end.spoken import Spoken
from tests.end_to_end.test_a_subscriber_calls import END_DATE
from tests.end_to_end.waiting import eventually
from tests.listening import loudness

TOLD = "subscription/tell"


def test_keys_pressed_all_at_once_reach_the_menus_that_they_are_meant_for(
    box: Box, phones: PhoneMaker, spoken: Spoken
) -> None:
    """At the very answer, before any prompt."""
    phone = call(phones("5550401"), box)
    phone.press("11234#")
    spoken.wait_heard(END_DATE, phone.line.heard)
    phone.hang_up()
    assert box.ledger.path(kept(phone, box))[:4] == [
        "main/welcome",
        "subscription/ask",
        "subscription/look",
        TOLD,
    ]


def test_a_key_within_a_prompt_ends_it(box: Box, phones: PhoneMaker, spoken: Spoken) -> None:
    phone = call(phones("5550402"), box)
    spoken.wait_heard("Welcome to the Daily.", phone.line.heard)
    phone.press("1")
    ask = "Please key in your subscriber number, then the hash key."
    spoken.wait_heard(ask, phone.line.heard, limit=8)
    assert spoken.likeness("To speak to the desk, press 0.", phone.line.heard()) < 0.6
    phone.press("1234")  # no hash key: the flow waits for more digits, then takes these
    spoken.wait_heard(END_DATE, phone.line.heard)


def test_keys_by_sip_info_do_the_same(box: Box, phones: PhoneMaker, spoken: Spoken) -> None:
    phone = call(phones("5550403"), box)
    eventually(lambda: loudness(phone.line.heard()) > 0.01, "the menu speaks")
    press_by_info(phone, "11234#")
    spoken.wait_heard(END_DATE, phone.line.heard)


def test_a_caller_who_keys_nonsense_for_a_long_time_does_no_harm(
    box: Box, phones: PhoneMaker, spoken: Spoken
) -> None:
    phone = call(phones("5550404"), box)
    press_by_info(phone, "7" * 120 + "*#ABCD" * 5)
    phone.hang_up()
    assert kept(phone, box).ended_at
    assert box.is_well()


MOMENTS = (
    "@0:hangup",
    "@0.02:hangup",
    "@0.1:hangup",
    "@1:hangup",
    "@0.2:1 ~0:hangup",
    "@0.2:1 ~0.05:hangup",
    "@0.2:11234 ~0.1:hangup",
    "@0.2:11234# ~0:hangup",
    "@0.2:11234# ~0.05:hangup",
    "@0.2:11234# ~0.3:hangup",
    "@0.2:11234# ~1.5:hangup",
    "@0.2:9 ~0.1:hangup",
    "@0.2:24 ~0.2:hangup",
    "@0.2:5 ~0.1:hangup",
    "@0.2:5 ~6:hangup",
    "@0.2:5 ~7.5:hangup",
    "@0.2:0 ~0.3:hangup",
)


AT_THE_ANSWER = MOMENTS[:3]


async def hung_up_at(box: Box, moments: Sequence[str]) -> dict[str, str]:
    """Calls at once, one for each moment; their Call-IDs."""
    ids: dict[str, str] = {}

    async def one(keys: str) -> None:
        def note(progress: Progress) -> None:
            ids[keys] = progress.call_id

        uri, number = box.uri("100"), "5550405"
        await place_call(CallOptions(uri, keys, from_number=number, on_progress=note))

    await asyncio.gather(*(one(keys) for keys in moments))
    return ids


def test_a_hang_up_at_any_moment_gives_the_call_its_end_and_the_box_goes_on(box: Box) -> None:
    ids = asyncio.run(hung_up_at(box, MOMENTS))
    mine = "caller_number = '5550405'"
    eventually(lambda: not box.ledger.calls(f"{mine} AND ended_at IS NULL"), "all have their end")
    found = {keys: box.ledger.calls("sip_call_id = ?", ids[keys]) for keys in MOMENTS}
    states = {keys: "".join(call.state for call in calls) for keys, calls in found.items()}
    # FreeSWITCH answers by itself. Who hangs up just then is gone before the box is told, or in
    # the middle of it: a connection that closes then looks like that of a switch that dies.
    assert {states.pop(keys) for keys in AT_THE_ANSWER} <= {"hung_up", "lost"}
    assert set(states.values()) == {"hung_up"}
    assert "Traceback" not in box.said()
    assert box.is_well()


def test_a_caller_who_is_gone_before_the_callbox_has_met_him_is_an_entry(
    rough_box: Box,
) -> None:
    """The machine is so busy that the callbox comes too late."""
    [callbox] = rough_box.parts("callbox")
    callbox.suspend()
    try:
        options = CallOptions(
            rough_box.uri("100"), "@0.1:hangup", from_number="5550407", ring_limit=0.5
        )
        asyncio.run(place_call(options))
    finally:
        callbox.resume()
    mine = "caller_number = '5550407' AND ended_at IS NOT NULL"
    eventually(lambda: rough_box.ledger.calls(mine), "the call is kept")
    [call] = rough_box.ledger.calls(mine)
    assert (call.state, call.dialled, call.flow) == ("hung_up", "100", "main")
    rough_box.wait_until_well()


@pytest.mark.parametrize("ring_limit", [0.001, 0.01, 0.03])
def test_a_caller_who_gives_up_before_the_answer_leaves_no_open_call(
    box: Box, ring_limit: float
) -> None:
    """Or is answered just then, and hangs up."""
    options = CallOptions(box.uri("100"), "@0:hangup", from_number="5550406", ring_limit=ring_limit)
    asyncio.run(place_call(options))
    ended = "caller_number = '5550406' AND ended_at IS NULL"
    eventually(lambda: not box.ledger.calls(ended), "no call is open")
    assert "Traceback" not in box.said()
