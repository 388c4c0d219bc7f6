"""pydantic's errors in our words."""

from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ivr_flows.problem import Fault, Path, nearest, one_of, quoted
from ivr_flows.step import field_keys


def faults_of(error: ValidationError, model: type[BaseModel]) -> list[Fault]:
    """Each mistake, its path relative to the value that was validated."""
    return [fault for details in error.errors() for fault in _faults(details, model)]


def _faults(details: ErrorDetails, model: type[BaseModel]) -> list[Fault]:
    loc, context = details["loc"], details.get("ctx", {})
    key_is_wrong = bool(loc) and loc[-1] == "[key]"
    path: Path = loc[:-1] if key_is_wrong else loc
    if "faults" in context:
        return [
            Fault((*path, *fault.path), fault.message, fault.hint, at_key=fault.at_key)
            for fault in context["faults"]
        ]
    if details["type"] == "missing":
        return [Fault(path[:-1], f"the field {quoted(path[-1])} is missing", at_key=True)]
    if details["type"] == "extra_forbidden":
        return [_unknown_field(path, model)]
    if details["type"] == "flow":
        return [Fault(path, context["message"], context.get("hint", ""), at_key=key_is_wrong)]
    return [Fault(path, _message(details, context), at_key=key_is_wrong)]


def _unknown_field(path: Path, model: type[BaseModel]) -> Fault:
    known = field_keys(_model_at(path[:-1], model))
    message = f"unknown field {quoted(path[-1])}, expected one of {one_of(known)}"
    return Fault(path, message, nearest(path[-1], known), at_key=True)


def _model_at(path: Path, model: type[BaseModel]) -> type[BaseModel]:
    """The model of the fields at `path`, where a field holds a model of its own."""
    for part in path:
        field = model.model_fields.get(field_keys(model).get(str(part), ""))
        kind = field.annotation if field else None
        inner = getattr(kind, "__args__", (kind,))
        models = [a for a in inner if isinstance(a, type) and issubclass(a, BaseModel)]
        model = models[0] if models else model
    return model


def _message(details: ErrorDetails, context: dict[str, Any]) -> str:
    given = quoted(details["input"])
    full = details["type"]
    kind = full.partition("_")[0]
    match kind:
        case "bool":
            return f"expected true or false, given {given}"
        case "int" | "float":
            return f"expected a number, given {given}"
        case "string":
            return f"expected a word or a text, given {given}"
        case "dict" | "mapping" | "model":
            return f"expected fields and values, given {given}"
        case "literal" | "enum":
            return f"expected {context['expected']}, given {given}"
        case "less" | "greater":
            limit = next(iter(context.values()))
            side = "at most" if kind == "less" else "at least" if "equal" in full else "more than"
            return f"expected {side} {limit}, given {given}"
        case "too":
            limit = context.get("min_length", context.get("max_length"))
            side = "at least" if full == "too_short" else "at most"
            return f"expected {side} {limit}, given {context.get('actual_length')}"
        case _:
            message = details["msg"]
            return f"{message[:1].lower()}{message[1:]}, given {given}"
