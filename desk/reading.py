"""From a YAML document to sources, queries and routes, gathering every mistake."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from desk.errors import Mistake
from desk.query import Query
from desk.sources import HIDDEN, Kind, Source
from desk.yaml_text import line
from store.hours import parse

Path_ = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)
SECTIONS = ("sources", "queries", "routes")


def _hours(value: Any) -> Any:
    if isinstance(value, Mapping):
        parse({str(days): spans for days, spans in value.items()})
    return value


class RouteLine(BaseModel):
    """One line of the table of dialled numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: Annotated[str, Field(pattern=r"^[0-9A-Za-z+#_.-]{0,63}\*?$", min_length=1)]
    flow: Annotated[str, Field(min_length=1, max_length=64)]
    hours: Annotated[dict[str, str | list[str]] | None, BeforeValidator(_hours)] = None
    closed: Annotated[str, Field(max_length=64)] = ""


@dataclass(slots=True)
class Content:
    sources: dict[str, Source] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    routes: list[RouteLine] | None = None
    mistakes: list[Mistake] = field(default_factory=list)


def content(document: Any, file: str, known: Mapping[str, Source], base: Path) -> Content:
    """Everything in `document`; `known` are the sources in the store."""
    return _Reader(document, file, known, base).read()


class _Reader:
    def __init__(self, document: Any, file: str, known: Mapping[str, Source], base: Path) -> None:
        self._document = document
        self._file = file
        self._known = known
        self._base = base
        self._content = Content()

    def read(self) -> Content:
        if not isinstance(self._document, Mapping):
            self._mistake((), f"expected {', '.join(SECTIONS)}")
            return self._content
        for key in self._document:
            if key not in SECTIONS:
                self._mistake((key,), _unknown(str(key), SECTIONS))
        self._read_sources()
        self._read_queries()
        self._read_routes()
        self._content.mistakes.sort(key=lambda mistake: mistake.line)
        return self._content

    def _read_sources(self) -> None:
        for name, entry in self._entries("sources"):
            source = self._valid(Source, ("sources", name), entry)
            if source and (whole := self._with_password(source)):
                self._content.sources[name] = self._from_base(whole)

    def _read_queries(self) -> None:
        for name, entry in self._entries("queries"):
            query = self._valid(Query, ("queries", name), entry)
            if query and self._has_source(query):
                self._content.queries[name] = query

    def _read_routes(self) -> None:
        found = self._document.get("routes")
        if found is None:
            return
        if not isinstance(found, list):
            self._mistake(("routes",), "expected a list of routes")
            return
        lines = [self._valid(RouteLine, ("routes", at), entry) for at, entry in enumerate(found)]
        self._content.routes = [route for route in lines if route]

    def _entries(self, section: str) -> list[tuple[str, Any]]:
        found = self._document.get(section) or {}
        if isinstance(found, Mapping):
            return [(str(name), entry) for name, entry in found.items()]
        self._mistake((section,), "expected names, each with its fields")
        return []

    def _valid(self, model: type[M], path: Path_, entry: Any) -> M | None:
        if not isinstance(entry, Mapping):
            self._mistake(path, f"expected fields: {', '.join(_fields(model))}")
            return None
        named = {"name": path[-1]} if "name" in model.model_fields else {}
        try:
            return model.model_validate({**_plain(entry), **named})
        except ValidationError as error:
            for one in error.errors():
                self._mistake((*path, *one["loc"]), _what(one, model))
            return None

    def _with_password(self, source: Source) -> Source | None:
        """`***` stands for the password in the store, for the same user at the same address."""
        if source.parts.password != HIDDEN:
            return source
        kept = self._known.get(source.name)
        if kept and kept.shown_url == source.url:
            return kept
        what = "*** stands for a password kept with this very address; there is none: write it out"
        self._mistake(("sources", source.name, "url"), what)
        return None

    def _from_base(self, source: Source) -> Source:
        if source.kind is not Kind.SQLITE or source.path.is_absolute():
            return source
        path = (self._base / source.path).absolute()
        return source.model_copy(update={"url": f"sqlite:///{quote(str(path))}"})

    def _has_source(self, query: Query) -> bool:
        entries = self._document.get("sources")
        here = entries if isinstance(entries, Mapping) else {}
        if query.source in self._known or query.source in here:
            return True
        what = _unknown(query.source, sorted({*self._known, *map(str, here)}))
        self._mistake(("queries", query.name, "source"), what)
        return False

    def _mistake(self, path: Path_, what: str) -> None:
        where = ".".join(map(str, path))
        text = f"{where}: {what}" if where else what
        self._content.mistakes.append(Mistake(self._file, line(self._document, path), text))


def _plain(node: Any) -> Any:
    """Without the positions, so that it can be kept as JSON."""
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    return str(node) if isinstance(node, str) else node


def _fields(model: type[BaseModel]) -> Sequence[str]:
    return [name for name in model.model_fields if name != "name"]


def _what(error: Any, model: type[BaseModel]) -> str:
    if error["type"] == "extra_forbidden":
        fields = _fields(model) if len(error["loc"]) == 1 else ()
        return _unknown(str(error["loc"][-1]), fields)
    text = str(error["msg"]).removeprefix("Value error, ")
    given = error.get("input")
    if "url" in error["loc"] or not isinstance(given, str | int | float):
        return text
    return f"{text}, given {str(given)[:60]!r}"


def _unknown(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, 1)
    hint = f', did you mean "{near[0]}"?' if near else ""
    expected = f"; expected one of {', '.join(known)}" if known else ""
    return f'"{name[:60]}" is unknown{expected}{hint}'
