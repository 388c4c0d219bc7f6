"""The baseline of a switch's audio: a loop that sends the same packets and does nothing else.

`python -m bench.pacing CALLS PORT…` sends 50 packets a second for each call until it is
ended, one call to each port and all others to the last. Prints a line when it begins.
"""

import socket
import sys
import time

from .rtp import FRAME_SECONDS, Sender
from .stamped import HOST


def pace(calls: int, ports: list[int]) -> None:
    senders = [Sender() for _ in range(calls)]
    sockets = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(calls)]
    places = [(HOST, ports[min(number, len(ports) - 1)]) for number in range(calls)]
    print("pacing", flush=True)
    due = time.monotonic()
    while True:
        for sender, line, place in zip(senders, sockets, places, strict=True):
            line.sendto(sender.audio(), place)
        due += FRAME_SECONDS
        time.sleep(max(0.0, due - time.monotonic()))


if __name__ == "__main__":
    pace(int(sys.argv[1]), [int(port) for port in sys.argv[2:]])
