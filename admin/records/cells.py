"""How values of records are shown in lists and on their pages."""

from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from store.hours import DAYS

from .hours_field import by_day, day_names
from .languages import language_name


def language(view: Any, context: Any, row: Any, name: str) -> str:
    return str(language_name(getattr(row, name)))


def hours(view: Any, context: Any, row: Any, name: str) -> str:
    return week_in_words(getattr(row, name)) or _("always open")


def several(view: Any, context: Any, row: Any, name: str) -> str:
    return ", ".join(map(str, getattr(row, name) or ()))


def set_or_not(value: Any) -> Markup:
    words, kind = (_("set"), "good") if value else (_("none"), "odd")
    return badge(words, kind)


def badge(words: str, kind: str = "") -> Markup:
    return Markup('<span class="badge {}">{}</span>').format(kind, words)


def week_in_words(kept: Any) -> str:
    """`Monday 09:00-18:00; Tuesday …`; empty for always."""
    texts, names = by_day(kept), day_names()
    return "; ".join(f"{names[day]} {texts[day]}" for day in DAYS if day in texts)
