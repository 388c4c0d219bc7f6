"""`secrets.toml`: passwords made at random on the first start, readable by the owner only."""

import hmac
import os
import secrets
import stat
import tempfile
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from .errors import SettingsInvalid

NAME = "secrets.toml"


@dataclass(frozen=True, slots=True)
class Secrets:
    esl_password: str = field(repr=False)
    phones: dict[str, str] = field(default_factory=dict, repr=False)
    """SIP password by phone number."""
    links: str = field(default="", repr=False)
    """Signs links to messages."""


def cookie_key(home: Path) -> str:
    """What signs the panel's cookies: of its own, so that no link to a message passes for one.

    Raises `SettingsInvalid`.
    """
    return _key_for(b"cookies of the panel", home)


def pass_key(home: Path) -> str:
    """What signs the passes with which browsers call. Raises `SettingsInvalid`."""
    return _key_for(b"passes of browser phones", home)


def _key_for(purpose: bytes, home: Path) -> str:
    return hmac.new(load_secrets(home).links.encode(), purpose, "sha256").hexdigest()


def write_secret(path: Path, text: str) -> None:
    """A file of settings that only its owner may read."""
    path.touch(mode=0o600)
    path.write_text(text)


def _written(values: Secrets) -> str:
    lines = [f'esl_password = "{values.esl_password}"', f'links = "{values.links}"']
    lines += ["", "[phones]"]
    lines += [f'"{number}" = "{secret}"' for number, secret in sorted(values.phones.items())]
    return "\n".join(lines) + "\n"


def _replace(path: Path, text: str) -> None:
    """Temporary name, fsync, rename; `mkstemp` makes the file with mode 600."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{NAME}-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(name, path)


def _read(path: Path) -> Secrets | None:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise SettingsInvalid([f"{path}: others can read it; run: chmod 600 {path}"])
        return Secrets(data["esl_password"], data.get("phones", {}), data.get("links", ""))
    except FileNotFoundError:
        return None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
        raise SettingsInvalid(
            [f"{path}: cannot be read ({error}); mend it, or remove it to have a new one made"]
        ) from error


def load_secrets(home: Path, phones: Iterable[str] = ()) -> Secrets:
    """The home's secrets; what is missing is made and kept. Raises `SettingsInvalid`."""
    path = home / NAME
    found = _read(path)
    known = found.phones if found else {}
    missing = {number: secrets.token_urlsafe(12) for number in phones if number not in known}
    if found and found.links and not missing:
        return found
    password = found.esl_password if found else secrets.token_urlsafe(24)
    links = (found.links if found else "") or secrets.token_urlsafe(32)
    made = Secrets(password, {**known, **missing}, links)
    home.mkdir(parents=True, exist_ok=True)
    _replace(path, _written(made))
    return made
