"""What is wrong with a record, told at the field of the form where it was written."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from store.errors import Mistake

from .fields import RowsField

Telling = Callable[[Mapping[str, str]], str]


def _too_long(found: Mapping[str, str]) -> str:
    return str(_("At most %(most)s of them.", most=found["most"]))


PLAIN: tuple[tuple[re.Pattern[str], Telling], ...] = (
    (
        re.compile(r"String should match pattern"),
        lambda _found: _("This is not in the form that is asked for here; the sentence tells."),
    ),
    (
        re.compile(r"String should have at most (?P<most>\d+) char"),
        lambda found: _("At most %(most)s characters.", most=found["most"]),
    ),
    (
        re.compile(r"String should have at least (?P<least>\d+) char"),
        lambda found: _("At least %(least)s characters.", least=found["least"]),
    ),
    (
        re.compile(r"Input should be (?:greater than|greater than or equal to) (?P<least>[\d.]+)"),
        lambda found: _("At least %(least)s.", least=found["least"]),
    ),
    (
        re.compile(r"Input should be less than or equal to (?P<most>[\d.]+)"),
        lambda found: _("At most %(most)s.", most=found["most"]),
    ),
    (
        re.compile(r"Input should be a valid (?:number|integer)|Unable to parse input string"),
        lambda _found: _("A number is asked for here."),
    ),
    (re.compile(r"\w+ should have at most (?P<most>\d+) items"), _too_long),
    (re.compile(r"Field required"), lambda _found: _("This cannot be empty.")),
)
"""Words of the library that checks records, and what a newsroom is told instead."""


def told(words: str) -> str:
    """One fault, in the user's language where we have the words."""
    for pattern, telling in PLAIN:
        if found := pattern.search(words):
            return telling(found.groupdict())
    return words


def tell(form: Any, mistakes: Iterable[Mistake], under: int) -> None:
    """Put each mistake at its field. `under`: how many keys lead to the record in its document."""
    for mistake in mistakes:
        where = f"{'.'.join(map(str, mistake.place))}: "
        fault = told(mistake.message.removeprefix(where))
        put(form, mistake.place[under:], fault)


def put(form: Any, place: tuple[str | int, ...], fault: str) -> None:
    """At the field that `place` leads to, or else at the form itself."""
    field = _field(form, place)
    if field is None:
        form.form_errors = [*form.form_errors, fault]
    elif fault not in field.errors:
        field.errors = [*field.errors, fault]


def _field(form: Any, place: tuple[str | int, ...]) -> Any:
    if not place:
        return None
    if place[0] not in form._fields:  # a part of a fact may have a field of its own
        joined = "_".join(map(str, place[:2]))
        return form._fields.get(joined)
    field = form._fields[place[0]]
    if not isinstance(field, RowsField):
        return field
    row = _row(field, place[1]) if len(place) > 1 else None
    return field if row is None else _field(row, place[2:]) or row[row.key]


def _row(field: RowsField, which: str | int) -> Any:
    """By its number among those that are filled, or by what its key field says."""
    for at, entry in enumerate(field.filled()):
        if which in (at, entry.form[entry.form.key].data):
            return entry.form
    return None
