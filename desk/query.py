"""Named read-only queries: their SQL, parameters, limits and freshness rule."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from desk.durations import Seconds
from desk.parameters import Parameter
from desk.placeholders import names
from desk.sources import Name

MAX_ROWS = 1_000
MAX_SECONDS = 30.0


def _stripped(text: str) -> str:
    if not text.strip():
        raise ValueError("expected a query")
    return text.strip()


Sql = Annotated[str, Field(max_length=20_000), AfterValidator(_stripped)]


class Freshness(BaseModel):
    """When the facts are too old to be spoken: a column of the rows, or a query of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    column: Annotated[str, Field(max_length=64)] = ""
    """The oldest row counts."""
    sql: Annotated[str, Field(max_length=20_000)] = ""
    """Gives one moment; takes no parameters."""
    max_age: Seconds = Field(gt=0)
    """In seconds."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.column) == bool(self.sql):
            raise ValueError("expected either column or sql")
        if names(self.sql):
            raise ValueError("sql takes no parameters here")
        return self


class Query(BaseModel):
    """A named query."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    source: Name
    sql: Sql
    parameters: Mapping[
        Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,63}$")], Parameter
    ] = {}
    row_limit: int = Field(20, ge=1, le=MAX_ROWS)
    """Further rows are not fetched."""
    time_limit: Seconds = Field(2.0, ge=0.01, le=MAX_SECONDS)
    """Seconds after which the database cancels the query."""
    fresh: Freshness | None = None
    note: Annotated[str, Field(max_length=2_000)] = ""

    @model_validator(mode="after")
    def _parameters_agree(self) -> Self:
        used = set(names(self.sql))
        if unknown := sorted(used - set(self.parameters)):
            raise ValueError(f"sql uses :{', :'.join(unknown)}, which parameters does not declare")
        if unused := sorted(set(self.parameters) - used):
            raise ValueError(f"parameters declares {', '.join(unused)}, which sql does not use")
        return self

    def __hash__(self) -> int:
        return hash((self.name, self.sql))
