"""The key to the secrets of a store that a test opens by itself, without a box's settings."""

from pathlib import Path

from appliance.secrets_file import store_key
from store import secrecy
from store.database import database, is_sqlite

KEY = "dGhlIGtleSBvZiBhbGwgdGVzdHMsIDMyIGJ5dGVzISE="


def give_key() -> None:
    secrecy.use(_key)


def _key() -> str:
    """That of the home in which the SQLite file lies, so that a box started there has it, too."""
    if not is_sqlite() or str(database.database) == ":memory:":
        return KEY
    return store_key(Path(database.database).parent)
