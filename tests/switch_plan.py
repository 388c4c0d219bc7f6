"""What a switch under test is told: where it listens, who may register, what each number does."""

import random
import socket
from dataclasses import dataclass, field
from pathlib import Path

from tests.ports import free_port

Address = tuple[str, int]
Action = tuple[str, str]

HOST = "127.0.0.1"
MEDIA_BLOCK = 1000
FIRST_BLOCK = 10240
"""Below Linux's ephemeral ports (32768 and up), which other sockets on the machine use."""


class SwitchFailed(Exception):
    """The switch did not start or stopped by itself; the message holds its last words."""


@dataclass(frozen=True, slots=True)
class Extension:
    """Numbers that match run the actions in order."""

    name: str
    match: str
    actions: tuple[Action, ...]
    caller: str = ""
    """What the caller's number must match as well; empty for anything."""


def is_taken(address: Address) -> bool:
    """Whether somebody listens there for UDP."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind(address)
        except OSError:
            return True
    return False


def claim_media_block() -> socket.socket:
    """Claim a thousand UDP ports, by holding the last one, for as long as the socket is open."""
    starts = list(range(FIRST_BLOCK, 32000, MEDIA_BLOCK))
    random.shuffle(starts)
    for start in starts:
        claim = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            claim.bind((HOST, start + MEDIA_BLOCK - 1))
        except OSError:
            claim.close()
            continue
        return claim
    raise SwitchFailed("no block of media ports is free: is another test run still going?")


@dataclass(slots=True)
class Plan:
    """What a switch is told: where it listens, who may register, what each number does."""

    home: Path
    extensions: tuple[Extension, ...] = ()
    users: dict[str, str] = field(default_factory=dict)
    password: str = "contract-password"
    max_sessions: int = 500
    """Calls taken at once; more are refused."""
    real_time: bool = False
    """Whether FreeSWITCH takes real-time priority, as by itself and by its packages' unit."""
    socket_port: int = field(default_factory=free_port)
    """Where the dialplan's `socket` application connects to."""
    sip_port: int = field(default_factory=free_port)
    esl_port: int = field(default_factory=free_port)
    claim: socket.socket = field(default_factory=claim_media_block)

    @property
    def first_media_port(self) -> int:
        port: int = self.claim.getsockname()[1]
        return port + 1 - MEDIA_BLOCK

    @property
    def last_media_port(self) -> int:
        return self.first_media_port + MEDIA_BLOCK - 2

    @property
    def recordings(self) -> Path:
        return self.home / "recordings"

    @property
    def spool(self) -> Path:
        """Where a dialplan may record by itself."""
        return self.home / "spool"
