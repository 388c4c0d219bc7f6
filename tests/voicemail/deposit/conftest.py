"""What is left in the real store is left on SQLite and on PostgreSQL."""

from tests.store.conftest import postgresql_database, store, target

__all__ = ["postgresql_database", "store", "target"]
