"""The embedded switch's settings file, made from ours at each start.

Every number goes to the callbox. What stands behind `socket` runs when the callbox is not
there: a notice instead of silence.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .home import Home
from .secrets_file import Secrets, load_secrets
from .settings import Settings

# `$` alone also matches before a line's end at the end of the text, in either switch.
CALLER = r"^\+?[0-9]{1,15}$(?!\n)"
DIALLED = r"^[0-9*#+]{1,20}$(?!\n)"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class LineNotice:
    """What the switch says to callers of these numbers; `*` at the end: any that begin so."""

    numbers: Sequence[str]
    notice: Path


def softswitch_settings(
    settings: Settings,
    secrets: Secrets,
    notice: Path,
    kept: Mapping[str, str] | None = None,
    lines: Sequence[LineNotice] = (),
) -> str:
    """The TOML text for `python -m softswitch --config`.

    `kept`: passwords of the phones that stand in the store, by number.
    """
    first, last = settings.rtp_ports
    stored = dict(kept or {})
    return "\n".join(
        [
            *_table("sip", host=settings.sip.host, port=settings.sip.port, auth_calls=False),
            f"users = {_inline({**stored, **secrets.phones}, {**stored, **settings.phones})}",
            *_table(
                "event_socket",
                host=settings.esl.host,
                port=settings.esl.port,
                password=esl_password(settings, secrets),
            ),
            *_table("media", first_port=first, last_port=last),
            *(
                line
                for extension in extensions(settings, notice, lines)
                for line in _lines(extension)
            ),
        ]
    )


@dataclass(frozen=True, slots=True)
class Extension:
    """One rule of the dialplan, for either switch."""

    caller: str
    """Pattern of the caller's number; empty for any."""
    dialled: str
    """Pattern of the number dialled."""
    actions: Sequence[tuple[str, str]]


def extensions(
    settings: Settings, notice: Path, lines: Sequence[LineNotice] = ()
) -> Sequence[Extension]:
    """Every call to the callbox, and behind it the last resort, in the language of its line.

    A number stands in a file's name only where its extension has checked it: a caller's number
    may hold slashes, dots, blanks and line ends.
    """
    spoken = [(_pattern(line.numbers), line.notice) for line in lines]
    facts = [
        facts
        for dialled, said in [*spoken, (DIALLED, notice)]
        for facts in (
            (CALLER, dialled, "${caller_id_number}", "${destination_number}", said),
            ("", dialled, UNKNOWN, "${destination_number}", said),
        )
    ]
    facts.append(("", "^.", UNKNOWN, UNKNOWN, notice))
    to_callbox = (
        ("set", "playback_terminators=any"),  # else the callbox sets it, a command more
        ("socket", f"{settings.socket} async full"),
    )
    spool = Home(settings.home.absolute()).spool
    return [
        Extension(caller_is, dialled_is, (*to_callbox, *_last_resort(said, spool, who, what)))
        for caller_is, dialled_is, who, what, said in facts
    ]


def _pattern(numbers: Sequence[str]) -> str:
    """Of any of these numbers as a whole, and nothing that is no number."""
    either = "|".join(
        f"{re.escape(number[:-1])}[0-9*#+]*" if number.endswith("*") else re.escape(number)
        for number in numbers
    )
    return rf"^(?=[0-9*#+]{{1,20}}$(?!\n))(?:{either})$(?!\n)"


def _last_resort(notice: Path, spool: Path, caller: str, dialled: str) -> Sequence[tuple[str, str]]:
    """What the caller hears when the callbox is not there, or dies in mid-call."""
    return (
        ("answer", ""),
        ("set", "enable_file_write_buffering=false"),
        ("playback", str(notice.absolute())),
        ("playback", "tone_stream://%(400,0,1000)"),
        ("set", "playback_terminators=#"),
        ("record", f"{spool}/${{uuid}}_{caller}_{dialled}.wav 120 200 5"),
        ("hangup", "NORMAL_CLEARING"),
    )


def _lines(extension: Extension) -> Sequence[str]:
    return [
        "[[extension]]",
        'name = "callbox"',
        *([f"caller = {json.dumps(extension.caller)}"] if extension.caller else []),
        f"match = {json.dumps(extension.dialled)}",
        f"actions = {json.dumps(extension.actions)}",
        "",
    ]


def esl_password(settings: Settings, secrets: Secrets) -> str:
    return settings.esl_password.get_secret_value() or secrets.esl_password


def switch_password(settings: Settings) -> str:
    """For those who only talk to the switch. Raises `SettingsInvalid`."""
    return esl_password(settings, load_secrets(settings.home, settings.phones))


def _table(name: str, **values: Any) -> list[str]:
    # A JSON string, number or boolean is a TOML one as well.
    return [f"[{name}]", *(f"{key} = {json.dumps(value)}" for key, value in values.items())]


def _inline(secrets: dict[str, str], numbers: Sequence[str] | dict[str, str]) -> str:
    pairs = (f"{json.dumps(number)} = {json.dumps(secrets[number])}" for number in numbers)
    return "{" + ", ".join(pairs) + "}"
