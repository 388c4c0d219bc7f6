"""Secrets in the store are sealed: who finds the database or a copy of it finds no password.

The key lies beside the store, never in it. Whoever reads the settings says where (`use`); it is
looked for when a secret is sealed or opened. What was stored before there was a key stands
in clear until `seal_all` has been there, and is read as it is.
"""

from collections.abc import Callable
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken

from store.errors import SecretLocked

MARK = "sealed:"
"""Stands before a sealed text. What somebody chose himself is sealed in any case."""


class Locked(str):
    """A secret that cannot be opened, as it lies in the store. It is none: whoever would use it
    goes without, and the row can still be read, shown and kept."""


_key: Callable[[], str] | None = None


def use(key: Callable[[], str]) -> None:
    """From now on the key is what `key` gives, each time: 32 bytes in URL-safe base 64."""
    global _key
    _key = key


def seal(text: str) -> str:
    """Raises `SecretLocked` without a key. An empty text stays empty: there is no secret."""
    if not text or isinstance(text, Locked):
        return str(text)
    return MARK + _box().encrypt(text.encode()).decode()


def unseal(kept: str) -> str:
    """Raises `SecretLocked` when it was sealed with another key, or altered."""
    if not is_sealed(kept):
        return kept
    try:
        return _box().decrypt(kept.removeprefix(MARK)).decode()
    except InvalidToken as error:
        raise SecretLocked(
            "a secret in the store was sealed with another key; put the secrets.toml back that "
            "belongs to this store, or set the secret anew"
        ) from error


def is_sealed(kept: str) -> bool:
    return kept.startswith(MARK)


def _box() -> Fernet:
    if _key is None:
        raise SecretLocked("nobody has said where the key to the store's secrets is")
    return _box_of(_key())


@lru_cache(maxsize=4)
def _box_of(key: str) -> Fernet:
    try:
        return Fernet(key)
    except ValueError as error:
        raise SecretLocked(
            "the key to the store's secrets (`store` in secrets.toml) is odd; expected 32 bytes in "
            "URL-safe base 64, as the box made it"
        ) from error
