"""Paths as arguments of applications."""

import re
from pathlib import Path

from ivr_flows.ports import CallFailed

# `!` parts a file_string, `@@` an offset, `${}` is expanded (switch_core_session_exec), `{}[]`
# hold parameters, quotes and `|` part arguments: a path that holds one would name another file.
_UNUSABLE = re.compile(r"[\x00-\x1f\x7f!@$'\"`\\|{}\[\]]")


def path_argument(path: Path, what: str) -> str:
    """An absolute path as it may stand in a command. Raises `CallFailed`."""
    text = str(path.absolute())
    fault = _UNUSABLE.search(text)
    if fault:
        raise CallFailed(what, f"{text[:200]!r} holds {fault.group()!r}: the switch cannot use it")
    return text
