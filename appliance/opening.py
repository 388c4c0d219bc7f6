"""The store, opened for a command."""

from store import database, migrate
from store.errors import StoreError

from .book import Book, load_book
from .errors import ApplianceError
from .home import Home
from .settings import Settings


def open_book(settings: Settings, *, make: bool = False) -> Book:
    """What is live. Without a store an empty book, or with `make` a new store.

    Raises `ApplianceError` when the store cannot be opened.
    """
    is_there = bool(settings.database) or (settings.home / "pressline.db").exists()
    if not is_there and not make:
        return Book.empty()
    try:
        if make:
            Home(settings.home).make()
        database.connect(settings.store_url)
        migrate.migrate()
        return load_book()
    except StoreError as error:
        raise ApplianceError(str(error)) from error
