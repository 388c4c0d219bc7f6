"""Whatever a program writes behind a room's name gets an answer."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from softswitch.switch import Switch
from tests.softswitch.test_flood import SETTINGS

ROOM_VERBS = ["count", "getvar", "json_list", "list", "lock", "norecord", "play"]
PLAY_VERBS = ["recording", "relate", "setvar", "stop", "unlock", "xml_list"]
MEMBER_VERBS = [
    "deaf",
    "dtmf",
    "energy",
    "get-uuid",
    "hup",
    "kick",
    "mute",
    "tmute",
    "undeaf",
    "unmute",
    "volume_in",
    "volume_out",
    "nosuch",
]
verbs = st.sampled_from([*ROOM_VERBS, *PLAY_VERBS, *MEMBER_VERBS])
"""Without `record`, which writes a file of any name."""
words = st.sampled_from(["all", "last", "non_moderator", "1", "0", "-1", "²", "'", "nospeak", ","])
rest = st.lists(words | st.text(max_size=8), max_size=30).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(verbs, rest)
def test_every_command_of_a_room_answers(verb: str, text: str) -> None:
    async def body() -> None:
        switch = Switch(SETTINGS)
        switch.rooms.open("red", "default")
        assert isinstance(await switch.run_api(f"conference red {verb} {text}"), str)
        assert isinstance(await switch.run_api("conference json_list compact"), str)

    if "start" not in text:
        asyncio.run(body())
