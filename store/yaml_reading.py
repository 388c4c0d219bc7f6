"""From a YAML document to checked entries, gathering every mistake with its line."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from store.errors import Mistake
from store.yaml_text import line

Place = tuple[str | int, ...]
"""The keys that lead to a part of the document."""
M = TypeVar("M", bound=BaseModel)


class Reading:
    """Reads the sections of a document that somebody knows; others read the other ones."""

    def __init__(self, document: Any, file: str) -> None:
        self.document = document
        self.mistakes: list[Mistake] = []
        self._file = file

    def check_sections(self, known: Sequence[str]) -> bool:
        """Whether the document has sections at all; unknown ones become mistakes."""
        if not isinstance(self.document, Mapping):
            self.mistake((), f"expected {', '.join(known)}")
            return False
        for key in self.document:
            if key not in known:
                self.mistake((key,), unknown(str(key), known))
        return True

    def entries(self, section: str) -> list[tuple[str, Any]]:
        """The entries of a section that has them by name."""
        found = self.document.get(section) or {}
        if isinstance(found, Mapping):
            return [(str(name), entry) for name, entry in found.items()]
        self.mistake((section,), "expected names, each with its fields")
        return []

    def valid(self, model: type[M], place: Place, entry: Any) -> M | None:
        """The entry as `model`; its field `name`, if it has one, is the entry's own name."""
        if not isinstance(entry, Mapping):
            self.mistake(place, f"expected fields: {', '.join(_fields(model))}")
            return None
        named = {"name": place[-1]} if "name" in model.model_fields else {}
        try:
            return model.model_validate({**_plain(entry), **named})
        except ValidationError as error:
            for one in error.errors():
                self.mistake((*place, *one["loc"]), _what(one, model))
            return None

    def mistake(self, place: Place, what: str) -> None:
        where = ".".join(map(str, place))
        text = f"{where}: {what}" if where else what
        self.mistakes.append(Mistake(self._file, line(self.document, place), text, place))


def unknown(name: str, known: Sequence[str]) -> str:
    """What to say of a name that is not among those `known`."""
    near = get_close_matches(name, known, 1)
    hint = f', did you mean "{near[0]}"?' if near else ""
    expected = f"; expected one of {', '.join(known)}" if known else ""
    return f'"{name[:60]}" is unknown{expected}{hint}'


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
        return unknown(str(error["loc"][-1]), fields)
    text = str(error["msg"]).removeprefix("Value error, ")
    given = error.get("input")
    secret = {"url", "secret"} & set(error["loc"])
    if secret or not isinstance(given, str | int | float):
        return text
    return f"{text}, given {str(given)[:60]!r}"
