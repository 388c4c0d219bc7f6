"""The baseline: the reference call by hand on asyncio's sockets, as lean as it can be honestly.

`python -m bench.bare_script {reading|searching} PORT MENU OK`. One write answers and asks; a
completion is told by its UUID before the next command goes out. `reading` splits each event
into its headers, as any script does that wants to know something of its call; `searching`
only looks for the two completions in the bytes: less than that cannot be done.
"""

import asyncio
import sys
from collections.abc import Mapping

ASKED, PLAYED = "play_and_get_digits", "playback"


def execute(application: str, argument: str) -> str:
    """Locked: the answer and the menu are sent together, and must not run nested."""
    return (
        "sendmsg\ncall-command: execute\n"
        f"execute-app-name: {application}\nexecute-app-arg: {argument}\n"
        f"Event-UUID: {application}\nevent-lock: true\n\n"
    )


class SearchingCall(asyncio.Protocol):
    """One call of the switch: a menu, a prompt, the end."""

    def __init__(self, menu: str, ok: str) -> None:
        self._menu = menu
        self._ok = ok
        self._unread = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        ask = execute(ASKED, rf"1 1 1 5000 # {self._menu} {self._menu} choice \d")
        self._send("connect\n\nmyevents\n\nlinger\n\n" + execute("answer", "") + ask)

    def data_received(self, data: bytes) -> None:
        self._unread += data
        at = 0
        while (end := self._unread.find(b"\n\n", at)) >= 0:
            head = self._unread[at:end]
            length = 0
            if head.startswith(b"Content-Length: "):
                length = int(head[16 : head.index(b"\n")])
            if len(self._unread) < end + 2 + length:
                break
            at = end + 2 + length
            self.take(head, self._unread[end + 1 : at])
        self._unread = self._unread[at:]

    def take(self, head: bytes, event: bytes) -> None:
        """A frame came: its own headers, and the event in it after a line feed."""
        if b"\nContent-Disposition: linger\n" in head:
            self._send("exit\n\n")
        elif b"\nEvent-Name: CHANNEL_EXECUTE_COMPLETE\n" not in event:
            return
        elif b"\nApplication-UUID: play_and_get_digits\n" in event:
            self.completed(ASKED, b"\nvariable_choice: 1\n" in event)
        elif b"\nApplication-UUID: playback\n" in event:
            self.completed(PLAYED, True)

    def completed(self, application: str, chosen: bool) -> None:
        more = application == ASKED and chosen
        self._send(execute(PLAYED, self._ok) if more else execute("hangup", ""))

    def _send(self, commands: str) -> None:
        self._transport.write(commands.encode())


class ReadingCall(SearchingCall):
    """Looks each thing up in a dictionary of the frame's headers."""

    def take(self, head: bytes, event: bytes) -> None:
        headers = read_headers(event.strip() or head)
        if headers.get("Content-Disposition") == "linger":
            self._send("exit\n\n")
        elif headers.get("Event-Name") == "CHANNEL_EXECUTE_COMPLETE":
            application = headers.get("Application-UUID", "")
            if application in (ASKED, PLAYED):
                self.completed(application, headers.get("variable_choice") == "1")


def read_headers(block: bytes) -> Mapping[str, str]:
    lines = block.decode().split("\n")
    return dict(line.split(": ", 1) for line in lines if ": " in line)


KINDS = {"reading": ReadingCall, "searching": SearchingCall}


async def serve(kind: str, port: int, menu: str, ok: str) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: KINDS[kind](menu, ok), "127.0.0.1", port, backlog=1024
    )
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]))
