"""Lines of several processes on one output: labelled for people, or JSON objects for programs."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

from .settings import Settings

Form = Callable[[str, str], str]
"""Given the process and what it wrote, what is shown, without the line's end."""


def labelled(process: str, line: str) -> str:
    return f"{process:>8} │ {line}"


def as_json(process: str, line: str) -> str:
    """What is an object already stays; a traceback's line or the switch's becomes one."""
    if line.startswith("{") and line.endswith("}"):
        return line
    at = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    return json.dumps({"event": line, "process": process, "level": "info", "timestamp": at})


def form_of(settings: Settings) -> Form:
    return as_json if settings.log_format == "json" else labelled
