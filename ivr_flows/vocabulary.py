"""The words of the flow language with what they mean, for an editor that completes and explains."""

import inspect
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from ivr_flows.head import Frame, Head
from ivr_flows.quantities import BUILT_IN_VARIABLES
from ivr_flows.reference import field_docs
from ivr_flows.schema import schema
from ivr_flows.speaking import FILTERS
from ivr_flows.step import ERROR, Step, field_keys
from ivr_flows.steps import Table
from ivr_flows.trial import Trial

FAILED = "it could not be done"


def vocabulary(table: Table) -> dict[str, Any]:
    """As plain data; what a field may hold comes from the JSON Schema."""
    made = schema(table)
    steps = made["properties"]["steps"]["additionalProperties"]["oneOf"]
    frame = {**steps[0]["properties"]}
    return {
        "top": _fields(Head, made["properties"]),
        "frame": _fields(Frame, frame),
        "test": _fields(Trial, made["properties"]["tests"]["items"]["properties"]),
        "verbs": {step["title"]: _verb(table[step["title"]], step) for step in steps},
        "variables": [*sorted(BUILT_IN_VARIABLES), "caller.number", "caller.name", "paper.name"],
        "filters": sorted(FILTERS),
    }


def _verb(kind: type[Step], step: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "about": inspect.cleandoc(kind.__doc__ or ""),
        "example": kind.example.strip(),
        "fields": _fields(kind, _properties(step["properties"][kind.verb]), kind.refers),
        "events": {
            **{name: event.description for name, event in kind.events.items()},
            ERROR: FAILED,
        },
        "short": kind.shorthand,
        "only_short": kind.always_short,
    }


def _properties(shape: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields of a verb, which may stand beside its short form."""
    found: Mapping[str, Any] = shape.get("properties") or next(
        (one["properties"] for one in shape.get("anyOf", ()) if "properties" in one), {}
    )
    return found


def _fields(
    model: type[BaseModel], shapes: Mapping[str, Any], refers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    docs = field_docs(model)
    return {
        key: _field(
            docs.get(name, ""),
            shapes.get(key, {}),
            model.model_fields[name].is_required(),
            (refers or {}).get(key, ""),
        )
        for key, name in field_keys(model).items()
    }


def _field(about: str, shape: Mapping[str, Any], needed: bool, refers: str) -> dict[str, Any]:
    inner = shape.get("additionalProperties")
    return {
        "about": about,
        "needed": needed,
        "values": _values(shape),
        "names": refers or ("step" if _is_step(shape) else ""),
        "leads": isinstance(inner, dict) and _is_step(inner),
    }


def _alternatives(shape: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [shape, *shape.get("anyOf", ())]


def _is_step(shape: Mapping[str, Any]) -> bool:
    return any(one.get("format") == "step" for one in _alternatives(shape))


def _values(shape: Mapping[str, Any]) -> list[str]:
    """What a field takes when that is a choice among few."""
    found: list[Any] = []
    for one in _alternatives(shape):
        found += one.get("enum", [])
        found += [one["const"]] if "const" in one else []
        found += [True, False] if one.get("type") == "boolean" else []
    return [str(value).lower() if isinstance(value, bool) else str(value) for value in found]
