"""Whatever a program or a caller writes as an argument: an answer or an error of ours, no crash."""

import asyncio
import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from softswitch.api.originating import split_words
from softswitch.apps.words import words_of
from softswitch.errors import DialStringError, MediaError
from softswitch.media.keys import keys_of
from softswitch.media.sources import Sounds
from softswitch.originate.dialstring import parse_dial_string
from softswitch.sip_variables import bare, display_name, name_addr, sip_uri
from softswitch.switch import Switch
from tests.softswitch.test_flood import SETTINGS

HARMLESS = {"hupall", "msleep", "originate"}
"""Left out here: they act on calls, wait, or place calls."""
pieces = st.sampled_from(
    ["{", "}", "[", "]", "'", ",", "|", "=", "^^", "\\", "%", "(", ")", ";", "&", "-1", "://"]
)
texts = st.lists(pieces | st.text(max_size=6), max_size=12).map("".join)
quick = settings(max_examples=150, deadline=None, derandomize=True)


@quick
@given(texts)
def test_dial_strings_and_words(text: str) -> None:
    with contextlib.suppress(DialStringError):
        parse_dial_string(text)
    assert isinstance(split_words(text), list)
    assert isinstance(words_of(text), list)
    assert len(keys_of(text)) <= 200


@quick
@given(st.sampled_from(["", "tone_stream://", "silence_stream://", "file_string://"]), texts)
def test_names_of_sounds(kind: str, text: str) -> None:
    with contextlib.suppress(MediaError):
        Sounds().open_now(kind + text)


@quick
@given(texts)
def test_names_and_addresses_of_callers(text: str) -> None:
    assert "${" not in display_name(text)
    assert "\0" not in display_name(text)
    assert isinstance(bare(name_addr(text).uri), str)
    assert isinstance(sip_uri(text).user, str)


async def _answers(names: list[str], text: str) -> list[str]:
    switch = Switch(SETTINGS)
    return [await switch.run_api(f"{name} {text}") for name in names]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(texts)
def test_every_command_answers(text: str) -> None:
    async def body() -> None:
        names = [name for name in Switch(SETTINGS).apis.names() if name not in HARMLESS]
        assert all(isinstance(answer, str) for answer in await _answers(names, text))

    asyncio.run(body())


@pytest.mark.parametrize("text", ["nosuch", "nosuch x", "  ", "NOSUCH%0A", "a" * 10_000])
def test_an_unknown_command_is_told(text: str) -> None:
    async def body() -> None:
        assert (await Switch(SETTINGS).run_api(text)).endswith("Command not found!\n")

    asyncio.run(body())
