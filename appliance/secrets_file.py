"""`secrets.toml`: passwords made at random on the first start, readable by the owner only."""

import fcntl
import hmac
import os
import secrets
import stat
import tomllib
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from store.errors import SecretLocked
from store.folders import write_whole

from .errors import SettingsInvalid

NAME = "secrets.toml"


@dataclass(frozen=True, slots=True)
class Secrets:
    esl_password: str = field(repr=False)
    phones: dict[str, str] = field(default_factory=dict, repr=False)
    """SIP password by phone number."""
    links: str = field(default="", repr=False)
    """Signs links to messages."""
    store: str = field(default="", repr=False)
    """Seals the secrets in the store: 32 bytes in URL-safe base 64. Lost with it: all of them."""


def cookie_key(home: Path) -> str:
    """What signs the panel's cookies: of its own, so that no link to a message passes for one.

    Raises `SettingsInvalid`.
    """
    return _key_for(b"cookies of the panel", home)


def pass_key(home: Path) -> str:
    """What signs the passes with which browsers call. Raises `SettingsInvalid`."""
    return _key_for(b"passes of browser phones", home)


def store_key(home: Path) -> str:
    """What seals the secrets in the store. Raises `SecretLocked`."""
    try:
        return load_secrets(home).store
    except SettingsInvalid as error:
        raise SecretLocked(str(error)) from error


def _key_for(purpose: bytes, home: Path) -> str:
    return hmac.new(load_secrets(home).links.encode(), purpose, "sha256").hexdigest()


def write_secret(path: Path, text: str) -> None:
    """A file of settings that only its owner may read."""
    path.touch(mode=0o600)
    path.write_text(text)


def _written(values: Secrets) -> str:
    lines = [f'esl_password = "{values.esl_password}"', f'links = "{values.links}"']
    lines += [f'store = "{values.store}"']
    lines += ["", "[phones]"]
    lines += [f'"{number}" = "{secret}"' for number, secret in sorted(values.phones.items())]
    return "\n".join(lines) + "\n"


def _read(path: Path) -> Secrets | None:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        _check_rights(path)
        return Secrets(
            data["esl_password"],
            data.get("phones", {}),
            data.get("links", ""),
            data.get("store", ""),
        )
    except FileNotFoundError:
        return None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
        raise SettingsInvalid(
            [f"{path}: cannot be read ({error}); mend it, or remove it to have a new one made"]
        ) from error


def _check_rights(path: Path) -> None:
    """Raises `SettingsInvalid`: who can read the file can read every secret of the box."""
    found, us = path.stat(), os.geteuid()
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise SettingsInvalid([f"{path}: others can read it; run: chmod 600 {path}"])
    if us and found.st_uid not in (us, 0):  # root may look at everybody's
        whose = f"{path}: it belongs to user {found.st_uid}, who can change it"
        raise SettingsInvalid([f"{whose}; run: chown {us} {path}"])


def load_secrets(home: Path, phones: Iterable[str] = ()) -> Secrets:
    """The home's secrets; what is missing is made and kept. Raises `SettingsInvalid`."""
    wanted = tuple(phones)
    found = _read(home / NAME)
    return found if found and _is_whole(found, wanted) else _completed(home, wanted)


def _is_whole(found: Secrets, phones: Iterable[str]) -> bool:
    return bool(found.links and found.store) and found.phones.keys() >= set(phones)


def _completed(home: Path, phones: Iterable[str]) -> Secrets:
    """One process at a time: of two that make a key, one would seal with a key that is not kept."""
    home.mkdir(parents=True, exist_ok=True)
    with _alone(home):
        found = _read(home / NAME) or Secrets(secrets.token_urlsafe(24))
        missing = {n: secrets.token_urlsafe(12) for n in phones if n not in found.phones}
        made = replace(
            found,
            phones={**found.phones, **missing},
            links=found.links or secrets.token_urlsafe(32),
            store=found.store or urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        )
        if made != found:
            write_whole(home / NAME, _written(made).encode(), 0o600)
    return made


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """A lock on the folder itself leaves no file behind."""
    folder = os.open(home, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
