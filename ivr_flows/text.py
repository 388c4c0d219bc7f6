"""What a caller is told: texts and recordings, per language."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from ivr_flows.compiler import BadTemplate
from ivr_flows.problem import Fault, Path, nearest, one_of, quoted
from ivr_flows.quantities import parse_name
from ivr_flows.scalars import as_text
from ivr_flows.templates import Template
from ivr_flows.world import LoadContext

MAX_PIECES = 50


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording of the paper, by name."""

    prompt: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in a language of their own, whatever the call speaks: "按9，听中文"."""

    language: str
    words: Template


Piece = Template | Recorded | Foreign


@dataclass(frozen=True, slots=True)
class Text:
    """Pieces in a row, for each language in which they are given."""

    versions: Mapping[str, tuple[Piece, ...]]

    def version(self, language: str, fallback: str) -> tuple[str, tuple[Piece, ...]]:
        """The language that will be spoken, and the pieces in it."""
        for candidate in (language, fallback):
            if candidate in self.versions:
                return candidate, self.versions[candidate]
        return next(iter(self.versions.items()))

    @property
    def reads(self) -> frozenset[str]:
        return frozenset[str]().union(*(words.reads for _, words in self.words))

    @property
    def words(self) -> Iterator[tuple[str, Template]]:
        """Everything that is spoken, with its language."""
        for language, pieces in self.versions.items():
            for piece in pieces:
                if isinstance(piece, Foreign):
                    yield piece.language, piece.words
                elif isinstance(piece, Template):
                    yield language, piece

    @property
    def recordings(self) -> frozenset[str]:
        pieces = (piece for version in self.versions.values() for piece in version)
        return frozenset(piece.prompt for piece in pieces if isinstance(piece, Recorded))


def refused(found: list[Fault]) -> PydanticCustomError:
    """Several mistakes in one field; their paths begin at the field."""
    return PydanticCustomError("flow", "see faults", {"faults": found})


class _Reader:
    def __init__(self, context: LoadContext) -> None:
        self._context = context
        self.faults: list[Fault] = []

    def text(self, value: Any) -> Text:
        if isinstance(value, Mapping) and "prompt" not in value:
            return Text(self._versions(value))
        return Text({self._context.language: self._pieces(value, ())})

    def _versions(self, value: Mapping[str, Any]) -> dict[str, tuple[Piece, ...]]:
        known = self._context.languages
        if not value:
            self._fault((), "an empty text, expected at least one language")
        for language in value:
            if language not in known:
                message = f"unknown language {quoted(language)}, expected one of {one_of(known)}"
                self._fault((language,), message, nearest(language, known), at_key=True)
        return {key: self._pieces(item, (key,)) for key, item in value.items() if key in known}

    def _pieces(self, value: Any, path: Path) -> tuple[Piece, ...]:
        if not isinstance(value, list):
            return self._piece(value, path)
        if not 0 < len(value) <= MAX_PIECES:
            self._fault(path, f"a list of {len(value)} texts, expected 1 to {MAX_PIECES}")
            return ()
        return tuple(p for n, item in enumerate(value) for p in self._piece(item, (*path, n)))

    def _piece(self, value: Any, path: Path) -> tuple[Piece, ...]:
        value = as_text(value)
        try:
            if isinstance(value, str):
                return (self._context.compiler.text(value),)
            if isinstance(value, Mapping) and set(value) == {"prompt"}:
                return (Recorded(parse_name(value["prompt"])),)
            if _is_foreign(value, self._context.languages) and isinstance(path[-1], int):
                ((language, words),) = value.items()
                return self._foreign(language, words, path)
        except BadTemplate as error:
            self.faults += [Fault(path, message, hint) for message, hint in error.faults]
            return ()
        except PydanticCustomError as error:
            self._fault((*path, "prompt"), error.message())
            return ()
        self._fault(path, f"{quoted(value)} is not a text, expected words or {{prompt: name}}")
        return ()

    def _foreign(self, language: Any, value: Any, path: Path) -> tuple[Piece, ...]:
        words = self._piece(value, (*path, language))
        return tuple(Foreign(language, w) for w in words if isinstance(w, Template))

    def _fault(self, path: Path, message: str, hint: str = "", *, at_key: bool = False) -> None:
        self.faults.append(Fault(path, message, hint, at_key=at_key))


def _is_foreign(value: Any, languages: Collection[str]) -> bool:
    return isinstance(value, Mapping) and len(value) == 1 and next(iter(value)) in languages


def parse_text(value: Any, info: ValidationInfo) -> Text:
    reader = _Reader(_context(info))
    text = reader.text(value)
    if reader.faults:
        raise refused(reader.faults)
    return text


def parse_template(value: Any, info: ValidationInfo) -> Template:
    return _template(value, _context(info).compiler.text)


def parse_url(value: Any, info: ValidationInfo) -> Template:
    return _template(value, _context(info).compiler.url)


def _template(value: Any, compile_text: Any) -> Template:
    text = as_text(value)
    if not isinstance(text, str):
        raise refused([Fault((), f"{quoted(text)} is not a text")])
    try:
        compiled: Template = compile_text(text)
    except BadTemplate as error:
        raise refused([Fault((), message, hint) for message, hint in error.faults]) from error
    return compiled


def _context(info: ValidationInfo) -> LoadContext:
    context: LoadContext = info.context  # type: ignore[assignment]
    return context


_PIECE_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": ["string", "number"]},
        {
            "type": "object",
            "properties": {"prompt": {"type": "string"}},
            "required": ["prompt"],
            "additionalProperties": False,
        },
        {
            "type": "array",
            "minItems": 1,
            "items": {"type": ["string", "number", "object"]},
        },
    ]
}
TEXT_SCHEMA: dict[str, Any] = {
    "title": "text",
    "anyOf": [
        *_PIECE_SCHEMA["anyOf"],
        {"type": "object", "additionalProperties": _PIECE_SCHEMA, "minProperties": 1},
    ],
}
_TEMPLATE_SCHEMA = WithJsonSchema({"type": ["string", "number"], "title": "text with variables"})

TextField = Annotated[Text, PlainValidator(parse_text), WithJsonSchema(TEXT_SCHEMA)]
TemplateField = Annotated[Template, PlainValidator(parse_template), _TEMPLATE_SCHEMA]
UrlField = Annotated[Template, PlainValidator(parse_url), _TEMPLATE_SCHEMA]
