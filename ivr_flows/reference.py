"""The reference of the flow language, made from the code of its steps."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ivr_flows.head import Head
from ivr_flows.step import ERROR, Step, field_keys
from ivr_flows.steps import Table
from ivr_flows.trial import Trial

WAYS = {
    "next": "goes on to `next`",
    "error": "goes to `on.error`",
    "required": "the flow must say where it leads",
}
INTRODUCTION = """\
# Steps

Made from the code by `python -m appliance.reference`; edit the steps, not this page.

A step has one verb, and beside it may have `next` (the step that follows), `on` (event to step)
and `note` (for people). Every step has the event `error`: it leads to the step's `on.error`, else
to the flow's `on: {error: …}`, else the caller hears an apology and can leave a message.

A **text** is words, `{prompt: name}` for a recording of the paper, or a list of these; or one of
these for each language: `{en: …, zh: …}`. In a list, `{zh: …}` alone is always said in that
language. Words may hold `{{ variable }}`, filters such as
`{{ day | date }}`, `{% if %}` and `{% for %}`. Every text can read `caller.number`, `caller.name`,
`caller.withheld`, `dialed`, `language`, `now` and `paper.name`. A **duration** is `500ms`, `5s`,
`2m` or `1h`.
"""


class Undocumented(Exception):
    """A step, a field or an event without a word about it."""


def page(table: Table) -> str:
    """Of all steps in `table`. Raises `Undocumented`."""
    contents = ", ".join(f"[{verb}](#{verb})" for verb in table)
    parts = [INTRODUCTION, *_top(), contents, "", *map(_step, table.values())]
    return "\n".join([*parts, *_trial()])


def _top() -> list[str]:
    return ["## The top of a flow", "", *_fields(Head), "## Verbs", ""]


def _trial() -> list[str]:
    words = "A flow carries its own test calls, run by `pressline check` without any switch."
    return ["## Tests", "", words, "", *_fields(Trial)]


def _step(kind: type[Step]) -> str:
    if not kind.__doc__ or kind.__doc__ == Step.__doc__ or not kind.example:
        raise Undocumented(f"the step {kind.verb!r} has no description or no example")
    lines = [f"## {kind.verb}", "", inspect.cleandoc(kind.__doc__), "", "```yaml"]
    lines += [kind.example.strip(), "```", "", *_fields(kind)]
    if kind.shorthand:
        lines += [f"`{kind.verb}: …` alone stands for the field `{kind.shorthand}`.", ""]
    return "\n".join([*lines, *_events(kind)])


def _fields(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    if not prefix:
        yield from ("| field | default | |", "|---|---|---|")
    for key, name in field_keys(model).items():
        field = model.model_fields[name]
        words = field_docs(model).get(name)
        if not words:
            raise Undocumented(f"the field {name!r} of {model.__name__} has no description")
        yield f"| `{prefix}{key}` | {_default(field)} | {words} |"
        inner = _inner_model(field)
        if inner:
            yield from _fields(inner, f"{prefix}{key}.")
    if not prefix:
        yield ""


def _inner_model(field: FieldInfo) -> type[BaseModel] | None:
    kinds = getattr(field.annotation, "__args__", ())
    return next((k for k in kinds if isinstance(k, type) and issubclass(k, BaseModel)), None)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True, validated_data={})
    if value in (None, "", (), [], {}) or type(value).__module__.startswith("ivr_flows"):
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else _plain(value)}`"


def _plain(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _events(kind: type[Step]) -> Iterator[str]:
    if not kind.events:
        return
    yield from ("| event | when | if the flow says nothing |", "|---|---|---|")
    for name, event in kind.events.items():
        if not event.description:
            raise Undocumented(f"the event {name!r} of {kind.verb!r} has no description")
        yield f"| `{name}` | {event.description} | {WAYS[event.otherwise]} |"
    yield f"| `{ERROR}` | it could not be done | the flow's `on.error`, else an apology |"
    yield ""


@cache
def field_docs(model: type[BaseModel]) -> dict[str, str]:
    """The docstring below each field, which Python itself does not keep."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]
    body = tree.body if isinstance(tree, ast.ClassDef) else []
    docs: dict[str, str] = {}
    for field, words in pairwise(body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(words, ast.Expr)
            and isinstance(words.value, ast.Constant)
        ):
            docs[field.target.id] = " ".join(str(words.value.value).split())
    return docs
