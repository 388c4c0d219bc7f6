"""The message lamp, against a scripted switch over a real socket."""

from collections.abc import Callable

import pytest

from esl.errors import CommandFailed, UnsafeArgument
from esl.switch import Switch, SwitchStatus
from tests.esl import frames
from tests.esl.conftest import wait_until
from tests.esl.peer import Peer, listening

ACCOUNT = "sip:200@127.0.0.1"
CHANNELS = frames.api_response('{"row_count":0}')


def with_switch(
    answer: bytes,
    use: Callable[[Switch], None],
    *events: bytes,
    on_query: Callable[[str], None] | None = None,
) -> list[str]:
    """Runs `use` on a connection whose switch answers each command so; the commands."""
    commands: list[str] = []

    def takes_commands(peer: Peer) -> None:
        peer.greet()
        peer.expect("api show channels as json")
        peer.send(CHANNELS)
        while command := peer.command():
            commands.append(command)
            peer.send(answer)

    def tells_events(peer: Peer) -> None:
        peer.greet()
        commands.append(peer.expect("event json "))
        peer.send(frames.reply("+OK event listener enabled json"), *events)
        peer.wait_for_end()

    with listening(takes_commands, tells_events) as address:
        switch = Switch(
            address,
            "secret",
            subscriptions=["pressline::call"],
            on_event=lambda event: commands.append(f"event {event.name}"),
            on_resync=lambda rows: None,
            on_message_query=on_query,
        )
        switch.start()
        try:
            wait_until(lambda: switch.state.status == SwitchStatus.CONNECTED)
            use(switch)
        finally:
            switch.stop()
    return commands


@pytest.mark.parametrize(
    ("counts", "waiting", "voice"),
    [((2, 3, 1, 0), "yes", "2/3 (1/0)"), ((0, 3), "no", "0/3 (0/0)")],
)
def test_the_lamp_is_on_while_something_is_new(
    counts: tuple[int, ...], waiting: str, voice: str
) -> None:
    commands = with_switch(
        frames.reply("+OK 1"), lambda switch: switch.message_waiting(ACCOUNT, *counts)
    )
    assert commands[-1] == (
        "sendevent MESSAGE_WAITING\n"
        f"MWI-Messages-Waiting: {waiting}\nMWI-Message-Account: {ACCOUNT}\n"
        f"MWI-Voice-Message: {voice}"
    )


@pytest.mark.parametrize(
    "account",
    [
        "sip:200",
        "200@host",
        "sip:200@",
        "sip:@host",
        "sip:200@host\n\nexit",
        "sip:200%0a%0aX@host",
        "sip:200@host%0d%0aX: y",
        "sip:" + "2" * 65 + "@host",
        "",
    ],
)
def test_an_account_that_is_none_never_reaches_the_switch(account: str) -> None:
    def use(switch: Switch) -> None:
        with pytest.raises(UnsafeArgument, match="sip:user@domain"):
            switch.message_waiting(account, 1, 0)

    commands = with_switch(frames.reply("+OK 1"), use)
    assert not [command for command in commands if command.startswith("sendevent")]


def test_a_refused_lamp_is_told() -> None:
    def use(switch: Switch) -> None:
        with pytest.raises(CommandFailed):
            switch.message_waiting(ACCOUNT, 1, 0)

    with_switch(frames.reply("-ERR no"), use)


def test_a_phone_that_wants_to_know_is_passed_on_and_is_no_event() -> None:
    accounts: list[str] = []
    query = frames.json_event("MESSAGE_QUERY", Message_Account=ACCOUNT)
    other = frames.json_event("CUSTOM", Event_Subclass="pressline::call")
    commands = with_switch(
        frames.reply(),
        lambda switch: wait_until(lambda: bool(accounts)),
        other,
        query,
        on_query=accounts.append,
    )
    assert accounts == [ACCOUNT]
    assert commands == [
        "event json BACKGROUND_JOB MESSAGE_QUERY CUSTOM pressline::call",
        "event CUSTOM",
    ]


def test_who_has_no_mailboxes_does_not_subscribe_to_queries() -> None:
    commands = with_switch(frames.reply(), lambda switch: None)
    assert commands == ["event json BACKGROUND_JOB CUSTOM pressline::call"]
