"""The languages that callers are spoken to in."""

from typing import Any

from flask_babel import lazy_gettext as _

from .fields import ChoiceField

SPOKEN = [("en", _("English")), ("zh", _("Mandarin")), ("yue", _("Cantonese"))]


def language_field(description: Any) -> ChoiceField:
    return ChoiceField(_("Language"), choices=SPOKEN, default="en", description=description)


def language_name(code: str) -> Any:
    return dict(SPOKEN).get(code, code)
