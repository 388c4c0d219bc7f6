"""The store, opened for a command."""

from store import database, migrate

from .book import Book, load_book
from .home import Home
from .settings import Settings


def open_book(settings: Settings, *, make: bool = False) -> Book:
    """What is live. Without a store an empty book, or with `make` a new store.

    Raises `StoreError` when the store cannot be opened.
    """
    is_there = bool(settings.database) or (settings.home / "pressline.db").exists()
    if not is_there and not make:
        return Book.empty()
    if make:
        Home(settings.home).make()
    database.connect(settings.store_url)
    migrate.migrate()
    return load_book()
