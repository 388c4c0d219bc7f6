"""Sources and queries between the store's rows and what the desk works with."""

from collections.abc import Iterable

from desk.query import Query
from desk.sources import Source
from store.database import translated
from store.models import DataSource, SavedQuery
from store.secrecy import Locked

KEY = ("id", "name")


@translated()
def sources() -> dict[str, Source]:
    """Those whose address can be read: without the key to the store nobody knows where they are."""
    rows = DataSource.select().order_by(DataSource.name)
    return {kept.name: as_source(kept) for kept in rows if not isinstance(kept.url, Locked)}


@translated()
def queries() -> dict[str, Query]:
    saved = SavedQuery.select(SavedQuery, DataSource).join(DataSource).order_by(SavedQuery.name)
    return {row.name: as_query(row) for row in saved}


def as_source(kept: DataSource) -> Source:
    return Source(name=kept.name, url=kept.url, password_env=kept.password_env)


def as_query(saved: SavedQuery) -> Query:
    return Query.model_validate(
        {
            "name": saved.name,
            "source": saved.source.name,
            "sql": saved.sql,
            "parameters": saved.parameters,
            "row_limit": saved.row_limit,
            "time_limit": saved.time_limit,
            "fresh": saved.fresh,
            "note": saved.note,
        }
    )


@translated()
def keep_sources(found: Iterable[Source]) -> None:
    """Add sources, or change those of the same name. Within the caller's transaction."""
    for source in found:
        (
            DataSource.insert(source.model_dump())
            .on_conflict(
                conflict_target=[DataSource.name],
                preserve=[DataSource.url, DataSource.password_env],
            )
            .execute()
        )


@translated()
def keep_queries(found: Iterable[Query]) -> None:
    """Add queries, or change those of the same name; their sources must be kept already."""
    changing = [field for field in SavedQuery._meta.sorted_fields if field.name not in KEY]
    rows = {row.name: row for row in DataSource.select()}
    for query in found:
        (
            SavedQuery.insert(query.model_dump(mode="json") | {"source": rows[query.source]})
            .on_conflict(conflict_target=[SavedQuery.name], preserve=changing)
            .execute()
        )


@translated()
def remove_source(name: str) -> None:
    """Its queries must be gone already."""
    DataSource.delete().where(DataSource.name == name).execute()


@translated()
def remove_query(name: str) -> None:
    SavedQuery.delete().where(SavedQuery.name == name).execute()
