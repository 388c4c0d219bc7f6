"""The flow language as a JSON Schema, for editors."""

from typing import Any

from ivr_flows.head import Frame, Head
from ivr_flows.step import Step
from ivr_flows.steps import CORE, Table
from ivr_flows.trial import Trial

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(table: Table = CORE) -> dict[str, Any]:
    """One document: the top of a flow, its steps with one verb each, its tests."""
    definitions: dict[str, Any] = {}
    steps = [_step(kind, definitions) for kind in table.values()]
    head = _model(Head, definitions)
    head["properties"]["steps"] = {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": {"oneOf": steps},
    }
    head["properties"]["tests"] = {"type": "array", "items": _model(Trial, definitions)}
    return {**head, "$schema": DIALECT, "title": "Pressline flow", "$defs": definitions}


def _step(kind: type[Step], definitions: dict[str, Any]) -> dict[str, Any]:
    frame = _model(Frame, definitions)
    return {
        "title": kind.verb,
        "type": "object",
        "properties": {kind.verb: _verb(kind, definitions), **frame["properties"]},
        "required": [kind.verb],
        "additionalProperties": False,
    }


def _verb(kind: type[Step], definitions: dict[str, Any]) -> dict[str, Any]:
    fields = _model(kind, definitions)
    described = {"description": kind.__doc__}
    if not kind.shorthand:
        return {**described, **fields}
    short = fields["properties"][kind.shorthand]
    if kind.always_short:
        return {**described, **short}
    return {**described, "anyOf": [short, fields]}


def _model(model: type[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = model.model_json_schema(by_alias=True)
    definitions.update(made.pop("$defs", {}))
    return made
