"""The store's tests run on SQLite and on PostgreSQL, and so do these."""

from tests.store.conftest import postgresql_database, store, target

__all__ = ["postgresql_database", "store", "target"]
