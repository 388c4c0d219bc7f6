"""Commands as they leave."""

from collections.abc import Callable

import pytest

from esl import commands
from esl.errors import UnsafeArgument

BUILDERS: list[Callable[[str], bytes]] = [
    commands.line,
    commands.api,
    commands.hangup,
    lambda hostile: commands.bgapi(hostile, "job"),
    lambda hostile: commands.bgapi("status", hostile),
    lambda hostile: commands.execute(hostile, "", "u"),
    lambda hostile: commands.execute("playback", hostile, "u"),
    lambda hostile: commands.execute("playback", "", hostile),
    lambda hostile: commands.event_json([hostile]),
    lambda hostile: commands.sendevent(hostile, {}),
    lambda hostile: commands.sendevent("a::b", {"X": hostile}),
    lambda hostile: commands.sendevent("a::b", {hostile: "x"}),
]


@pytest.mark.parametrize("build", BUILDERS)
@pytest.mark.parametrize("hostile", ["a\nb", "a\rb", "a\0b", "a\n\napi shutdown", "\ud800"])
def test_what_would_become_another_command_is_refused(
    build: Callable[[str], bytes], hostile: str
) -> None:
    with pytest.raises(UnsafeArgument):
        build(hostile)


def test_a_block_may_hold_lines_but_no_second_command() -> None:
    assert commands.block("sendmsg\nx: y\n\n") == b"sendmsg\nx: y\n\n"
    with pytest.raises(UnsafeArgument, match="empty line"):
        commands.block("sendmsg\nx: y\n\napi shutdown")


def test_an_application_runs_under_a_name_and_may_hold_back_the_next() -> None:
    assert commands.execute("playback", "a.wav", "u", lock=True) == (
        b"sendmsg\ncall-command: execute\nexecute-app-name: playback\n"
        b"execute-app-arg: a.wav\nEvent-UUID: u\nevent-lock: true\n\n"
    )


def test_custom_subclasses_stand_last_in_a_subscription() -> None:
    given = ["pressline::a", "CHANNEL_CREATE", "CUSTOM", "pressline::b", "DTMF"]
    expected = b"event json CHANNEL_CREATE DTMF CUSTOM pressline::a pressline::b\n\n"
    assert commands.event_json(given) == expected


def test_a_body_is_counted_in_bytes_and_may_hold_anything() -> None:
    command = commands.sendevent("pressline::call", {"Call": "7"}, "é\n\nx")
    assert command.endswith(b"Call: 7\nContent-Length: 5\n\n" + "é\n\nx".encode())
