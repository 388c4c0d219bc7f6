"""The settings as the panel shows them: what holds, since when, and no secrets."""

import os
import tomllib
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from pydantic import SecretStr

from admin.records.ports import Setting

from ..settings import PREFIX, Settings


def shown(settings: Settings) -> Sequence[Setting]:
    defaults = Settings.model_validate({})
    in_file = _in_file(settings)
    return [
        Setting(
            name=name,
            value=_text(getattr(settings, name)),
            default=_text(getattr(defaults, name)),
            description=field.description or "",
            set_in=_place(name, in_file),
            secret=isinstance(getattr(settings, name), SecretStr),
        )
        for name, field in Settings.model_fields.items()
    ]


def _in_file(settings: Settings) -> frozenset[str]:
    try:
        text = (settings.home / "pressline.toml").read_text(encoding="utf-8")
        return frozenset(tomllib.loads(text))
    except (OSError, ValueError):  # it was there, and right, when the panel started
        return frozenset()


def _place(name: str, in_file: frozenset[str]) -> str:
    if f"{PREFIX}{name.upper()}" in os.environ:
        return "environment"
    return "file" if name in in_file else ""


def _text(value: Any) -> str:
    if isinstance(value, SecretStr) or value is None:
        return ""
    if isinstance(value, dict):
        return ", ".join(f"{key}={named}" for key, named in value.items())
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        is_range = bool(value) and all(isinstance(part, int) for part in value)
        return ("-" if is_range else " ").join(map(str, value))
    return _without_password(str(value))


def _without_password(text: str) -> str:
    """The store's URL may carry one."""
    if "://" not in text:
        return text
    try:
        parts = urlsplit(text)
        if parts.password is None:
            return text
        netloc = f"{parts.username or ''}:***@{parts.netloc.rpartition('@')[2]}"
        return urlunsplit(parts._replace(netloc=netloc))
    except ValueError:
        return "***"
