"""A program that does not read costs the others nothing."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from softswitch.dialplan import Dialplan
from softswitch.events import Event
from softswitch.settings import EventSocketSettings, MediaSettings, Settings, SipSettings
from softswitch.switch import Switch

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
SETTINGS = Settings(
    SipSettings(port=0),
    EventSocketSettings(port=0, password="secret"),
    MediaSettings(),
    Dialplan(()),
)


def run_with_switch(test: Callable[[Switch], Awaitable[None]]) -> None:
    async def body() -> None:
        switch = Switch(SETTINGS)
        await switch.start()
        try:
            await test(switch)
        finally:
            await switch.stop()

    asyncio.run(body())


async def logged_in(switch: Switch) -> Streams:
    reader, writer = await asyncio.open_connection(*switch.event_socket_address)
    writer.write(b"auth secret\n\n")
    await reader.readuntil(b"accepted\n\n")
    return reader, writer


async def asked(streams: Streams, command: bytes, answer: bytes) -> None:
    streams[1].write(command)
    await asyncio.wait_for(streams[0].readuntil(answer), 20)


def test_a_program_that_does_not_read_is_let_go_and_the_others_are_served() -> None:
    async def body(switch: Switch) -> None:
        deaf, other = await logged_in(switch), await logged_in(switch)
        await asked(deaf, b"event plain HEARTBEAT\n\n", b"enabled plain\n\n")
        event = Event({"Event-Name": "HEARTBEAT", "Filling": "x" * 50_000})
        for _ in range(2000):
            switch.bus.fire(event)
        await asyncio.sleep(0)
        assert len(switch.programs) == 1, "the one that does not read is gone"
        await asked(other, b"api echo still here\n\n", b"still here")
        deaf[1].close()

    run_with_switch(body)


def test_too_many_commands_at_once_close_the_connection() -> None:
    async def body(switch: Switch) -> None:
        greedy = await logged_in(switch)
        greedy[1].write(b"api msleep 60000\n\n" * 5000)
        with contextlib.suppress(ConnectionResetError):
            assert not await asyncio.wait_for(greedy[0].read(), 20)
        await asked(await logged_in(switch), b"api echo still here\n\n", b"still here")

    run_with_switch(body)


def test_who_does_not_say_the_password_is_not_told_anything() -> None:
    async def body(switch: Switch) -> None:
        reader, writer = await asyncio.open_connection(*switch.event_socket_address)
        writer.write(b"event plain ALL\n\napi status\n\nauth wrong\n\n")
        told = await asyncio.wait_for(reader.read(), 20)
        assert told.count(b"-ERR command not found") == 2
        assert told.count(b"-ERR invalid") == 1
        assert told.endswith(b"See you at ClueCon! http://www.cluecon.com/\n")

    run_with_switch(body)
