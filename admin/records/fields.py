"""Fields of forms whose rules live elsewhere: they carry what was written, and check little."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, FieldList, Form, FormField, SelectField, StringField
from wtforms.validators import ValidationError
from wtforms.widgets import TextArea

LEFT_OUT = object()
"""Instead of a value: the field was left empty, the usual holds."""
HIDDEN = "***"
MOST_ROWS = 50
LONGEST_INDEX = 6
"""Digits of a row's number in a form; longer ones are nobody's."""


def printable(form: Any, field: Any) -> None:
    """Control characters have no place in a record, and PostgreSQL refuses NUL."""
    text = field.data if isinstance(field.data, str) else " ".join(field.data or ())
    if any(not char.isprintable() and char not in "\n\r\t\u2028\u2029" and ord(char) < 160
           for char in text):  # fmt: skip
        raise ValidationError(_("There are characters here that cannot be printed."))


class TextField(StringField):
    """One line."""

    def __init__(self, label: Any = None, **given: Any) -> None:
        given.setdefault("filters", [_stripped])
        checks = [printable, *given.pop("validators", ())]
        given.setdefault("default", "")
        super().__init__(label, checks, **given)


class LongField(TextField):
    """Several lines."""

    widget = TextArea()


class SecretField(TextField):
    """What is typed here is never sent back; `***` stands for what is kept."""

    def _value(self) -> str:
        return HIDDEN if self.data == HIDDEN else ""


class NumberField(TextField):
    """A number as it was written: what it may be is the record's rule. Empty for the usual."""

    @property
    def fact(self) -> Any:
        return self.data or LEFT_OUT

    def _value(self) -> str:
        return "" if self.data is None else _plain(self.data)


class ListField(TextField):
    """Short texts, with commas or blanks between them."""

    def __init__(self, label: Any = None, **given: Any) -> None:
        super().__init__(label, default=(), **given)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        if valuelist:
            self.data = valuelist[0].replace(",", " ").split()

    def _value(self) -> str:
        return ", ".join(self.data or ())


class ChoiceField(SelectField):
    """One of several; `choices` may be a function that asks for them."""


class YesNoField(SelectField):
    """Yes, no, or the usual."""

    def __init__(self, label: Any = None, **given: Any) -> None:
        choices = [("", _("as usual")), ("yes", _("yes")), ("no", _("no"))]
        super().__init__(label, choices=choices, **given)

    def process_data(self, value: Any) -> None:
        super().process_data({True: "yes", False: "no"}.get(value, value or ""))

    @property
    def fact(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.data)


class TickField(BooleanField):
    """Yes or no."""


class Row(Form):
    """A line of several fields within a form; it counts when its field `key` is filled."""

    key = ""


class RowsField(FieldList):
    """Lines of several fields, and an empty one at the end for one more."""

    def __init__(self, row: type[Row], label: Any = None, **given: Any) -> None:
        super().__init__(FormField(row), label, max_entries=MOST_ROWS, **given)

    def process(self, *given: Any, **more: Any) -> None:
        super().process(*given, **more)
        if len(self.entries) < MOST_ROWS and (not self.entries or _filled(self.entries[-1])):
            self._add_entry(None)

    def filled(self) -> list[Any]:
        return [entry for entry in self.entries if _filled(entry)]

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        self.errors: Any = []
        wrong = [entry for entry in self.filled() if not entry.validate(form)]  # all are looked at
        return not wrong

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        """Theirs fails for "²" and for numbers of thousands of digits."""
        for name in formdata:
            if name.startswith(f"{prefix}-"):
                index = name[len(prefix) + 1 :].split("-", 1)[0]
                if index.isascii() and index.isdigit() and len(index) <= LONGEST_INDEX:
                    yield int(index)


def facts_of(form: Any) -> dict[str, Any]:
    """What a form holds, by its fields' names; what was left empty for the usual is left out."""
    found = {field.short_name: _fact(field) for field in form if field.short_name != "csrf_token"}
    return {name: value for name, value in found.items() if value is not LEFT_OUT}


def _fact(field: Any) -> Any:
    if isinstance(field, RowsField):
        return [facts_of(entry.form) for entry in field.filled()]
    return field.fact if hasattr(field, "fact") else field.data


def _filled(entry: Any) -> bool:
    form = entry.form
    return bool(form[form.key].data)


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _plain(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value)


def data_of(facts: Mapping[str, Any]) -> dict[str, Any]:
    """A record's facts as a form shows them."""
    return {name: value for name, value in facts.items() if value is not None}
