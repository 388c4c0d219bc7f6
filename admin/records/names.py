"""The short names by which flows know things."""

from typing import Any

from flask_babel import lazy_gettext as _
from markupsafe import escape
from wtforms.validators import ValidationError

from .fields import TextField


def _there(form: Any, field: Any) -> None:
    if not field.data:
        raise ValidationError(_("This cannot be empty."))


def name_field(description: Any) -> TextField:
    sentence = _("Small letters, digits, - and _, the first one a letter.")
    return TextField(
        _("Short name"), description=Sentences(description, sentence), validators=[_there]
    )


class Sentences:
    """Several sentences that are translated when they are shown."""

    def __init__(self, *parts: Any) -> None:
        self._parts = parts

    def __str__(self) -> str:
        return " ".join(map(str, self._parts))

    def __html__(self) -> str:
        return str(escape(str(self)))
