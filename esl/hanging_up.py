"""Ends a call from outside its own program: by its id, whoever has it in hand."""

import re
from typing import Protocol

from esl.errors import CommandFailed, UnsafeArgument

_ID = re.compile(r"[0-9A-Za-z-]{1,64}\Z")


class Switch(Protocol):
    def api(self, command: str) -> str: ...


def hang_up(switch: Switch, call_id: str) -> bool:
    """False when there is no such call (any more). Raises `UnsafeArgument`, and as `Switch.api`."""
    if not _ID.match(call_id):
        raise UnsafeArgument(f"{call_id[:80]!r} is no call's id")
    try:
        switch.api(f"uuid_kill {call_id} NORMAL_CLEARING")
    except CommandFailed:
        return False
    return True
