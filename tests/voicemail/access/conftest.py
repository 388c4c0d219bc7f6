"""What is heard of the real store is heard on SQLite and on PostgreSQL."""

from tests.store.conftest import postgresql_database, store, target

__all__ = ["postgresql_database", "store", "target"]
