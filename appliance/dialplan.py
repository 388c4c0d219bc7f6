"""The embedded switch's settings file, made from ours at each start.

Every number goes to the callbox. What stands behind `socket` runs when the callbox is not
there: a notice instead of silence.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .home import Home
from .secrets_file import Secrets, load_secrets
from .settings import Settings


def softswitch_settings(settings: Settings, secrets: Secrets, notice: Path) -> str:
    """The TOML text for `python -m softswitch --config`."""
    actions = [
        ["set", "playback_terminators=any"],  # else the callbox sets it, a command more
        ["socket", f"{settings.socket} async full"],
        ["answer", ""],
        ["playback", str(notice.absolute())],
        ["hangup", "NORMAL_TEMPORARY_FAILURE"],
    ]
    first, last = settings.rtp_ports
    return "\n".join(
        [
            *_table("sip", host=settings.sip.host, port=settings.sip.port, auth_calls=False),
            f"users = {_inline(secrets.phones, settings.phones)}",
            *_table(
                "event_socket",
                host=settings.esl.host,
                port=settings.esl.port,
                password=esl_password(settings, secrets),
            ),
            *_table("media", first_port=first, last_port=last),
            "[[extension]]",
            'name = "callbox"',
            'match = "^.+$"',
            f"actions = {json.dumps(actions)}",
            "",
        ]
    )


def esl_password(settings: Settings, secrets: Secrets) -> str:
    return settings.esl_password.get_secret_value() or secrets.esl_password


def switch_password(settings: Settings) -> str:
    """For those who only talk to the switch. Raises `SettingsInvalid`."""
    return esl_password(settings, load_secrets(settings.home, settings.phones))


def write_softswitch_settings(home: Home, text: str) -> None:
    path = home.switch_settings
    path.touch(mode=0o600)
    path.write_text(text)


def _table(name: str, **values: Any) -> list[str]:
    # A JSON string, number or boolean is a TOML one as well.
    return [f"[{name}]", *(f"{key} = {json.dumps(value)}" for key, value in values.items())]


def _inline(secrets: dict[str, str], numbers: Sequence[str] | dict[str, str]) -> str:
    pairs = (f"{json.dumps(number)} = {json.dumps(secrets[number])}" for number in numbers)
    return "{" + ", ".join(pairs) + "}"
