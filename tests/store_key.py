"""The key to the secrets of a store that a test opens by itself, without a box's settings."""

from pathlib import Path

from appliance.secrets_file import store_key
from store import secrecy
from store.database import database, is_sqlite
from tests import stores

KEY = "dGhlIGtleSBvZiBhbGwgdGVzdHMsIDMyIGJ5dGVzISE="


def give_key() -> None:
    secrecy.use(_key)


def _key() -> str:
    """That of the home in which the store's file lies, so that a box started there has it, too."""
    file = Path(database.database) if is_sqlite() else stores.file_of(database.database)
    return KEY if file is None or str(file) == ":memory:" else store_key(file.parent)
