"""Where a call's audio may come from and goes to: symmetric RTP with a narrow door.

At first only hosts that the signalling named are listened to; the first packet from one of
them fixes the address (a phone behind NAT sends from another port than it told). After that
nobody else gets in, until the line has been quiet for a while.
"""

import time

Address = tuple[str, int]

_QUIET = 0.5
"""Seconds without a packet after which the far end may have moved to another port."""


class Peer:
    def __init__(self, negotiated: Address, hosts: set[str]) -> None:
        self.address = negotiated
        """Where to send to."""
        self._hosts = hosts
        self._locked = False
        self._last = 0.0

    def accepts(self, source: Address) -> bool:
        now = time.monotonic()
        if self._locked and source == self.address:
            self._last = now
            return True
        if source[0] not in self._hosts or (self._locked and now - self._last < _QUIET):
            return False
        self.address, self._locked, self._last = source, True, now
        return True
