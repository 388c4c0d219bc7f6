"""From a YAML document to sources, queries and routes, gathering every mistake."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field

from desk.query import Query
from desk.sources import HIDDEN, Kind, Source
from store.errors import Mistake
from store.hours import Weekly
from store.yaml_reading import Reading, unknown

SECTIONS = ("sources", "queries", "routes")


class RouteLine(BaseModel):
    """One line of the table of dialled numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: Annotated[str, Field(pattern=r"^[0-9A-Za-z+#_.-]{0,63}\*?$", min_length=1)]
    flow: Annotated[str, Field(min_length=1, max_length=64)]
    hours: Weekly = None
    closed: Annotated[str, Field(max_length=64)] = ""


@dataclass(slots=True)
class Content:
    sources: dict[str, Source] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    routes: list[RouteLine] | None = None
    mistakes: list[Mistake] = field(default_factory=list)


def content(
    document: Any, file: str, known: Mapping[str, Source], base: Path, beside: Sequence[str] = ()
) -> Content:
    """Everything in `document`; `known` are the sources in the store.

    Sections named by `beside` are somebody else's.
    """
    reader = _Reader(document, file, known, base)
    return reader.read((*SECTIONS, *beside))


class _Reader(Reading):
    def __init__(self, document: Any, file: str, known: Mapping[str, Source], base: Path) -> None:
        super().__init__(document, file)
        self._known = known
        self._base = base
        self._content = Content(mistakes=self.mistakes)

    def read(self, sections: Sequence[str]) -> Content:
        if self.check_sections(sections):
            self._read_sources()
            self._read_queries()
            self._read_routes()
            self.mistakes.sort(key=lambda mistake: mistake.line)
        return self._content

    def _read_sources(self) -> None:
        for name, entry in self.entries("sources"):
            source = self.valid(Source, ("sources", name), entry)
            if source and (whole := self._with_password(source)):
                self._content.sources[name] = self._from_base(whole)

    def _read_queries(self) -> None:
        for name, entry in self.entries("queries"):
            query = self.valid(Query, ("queries", name), entry)
            if query and self._has_source(query):
                self._content.queries[name] = query

    def _read_routes(self) -> None:
        found = self.document.get("routes")
        if found is None:
            return
        if not isinstance(found, list):
            self.mistake(("routes",), "expected a list of routes")
            return
        lines = [self.valid(RouteLine, ("routes", at), entry) for at, entry in enumerate(found)]
        self._content.routes = [route for route in lines if route]

    def _with_password(self, source: Source) -> Source | None:
        """`***` stands for the password in the store, for the same user at the same address."""
        if source.parts.password != HIDDEN:
            return source
        kept = self._known.get(source.name)
        if kept and kept.shown_url == source.url:
            return kept
        what = "*** stands for a password kept with this very address; there is none: write it out"
        self.mistake(("sources", source.name, "url"), what)
        return None

    def _from_base(self, source: Source) -> Source:
        if source.kind is not Kind.SQLITE or source.path.is_absolute():
            return source
        path = (self._base / source.path).absolute()
        return source.model_copy(update={"url": f"sqlite:///{quote(str(path))}"})

    def _has_source(self, query: Query) -> bool:
        entries = self.document.get("sources")
        here = entries if isinstance(entries, Mapping) else {}
        if query.source in self._known or query.source in here:
            return True
        what = unknown(query.source, sorted({*self._known, *map(str, here)}))
        self.mistake(("queries", query.name, "source"), what)
        return False
