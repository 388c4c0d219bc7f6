"""What is asked of the store is asked of SQLite and of PostgreSQL."""

from tests.store.conftest import postgresql_database, store, target

__all__ = ["postgresql_database", "store", "target"]
