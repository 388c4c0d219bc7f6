"""A switch's event socket that floods: `python -m bench.flood {plain|json}` prints its port.

It lets any password in, answers every command with `+OK`, and after the command that
subscribes to events sends all of them as fast as the other side reads.
"""

import socket
import sys

from . import event_samples

EVENTS = 50_000
DISTINCT = 500
"""As many different events are built, and sent over and over."""


def serve(chunk: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        print(server.getsockname()[1], flush=True)
        connection, _ = server.accept()
    with connection:
        connection.sendall(b"Content-Type: auth/request\n\n")
        unread = b""
        while data := connection.recv(65536):
            unread += data
            while b"\n\n" in unread:
                command, _, unread = unread.partition(b"\n\n")
                connection.sendall(b"Content-Type: command/reply\nReply-Text: +OK accepted\n\n")
                if command.startswith(b"event"):
                    for _ in range(EVENTS // DISTINCT):
                        connection.sendall(chunk)


if __name__ == "__main__":
    make = {"plain": event_samples.plain, "json": event_samples.as_json}[sys.argv[1]]
    serve(b"".join(make(number) for number in range(DISTINCT)))
