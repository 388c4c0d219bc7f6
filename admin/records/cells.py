"""How values of records are shown in lists and on their pages."""

from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from .hours_field import by_day, day_names, runs
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
    """`Monday to Friday 09:00-18:00; Saturday …`; empty for always."""
    texts, names = by_day(kept), day_names()
    return "; ".join(
        f"{_days(names[first], names[last])} {texts[first]}" for first, last in runs(texts)
    )


def _days(first: str, last: str) -> str:
    return first if first == last else str(_("%(first)s to %(last)s", first=first, last=last))


def yes_or_no(view: Any, value: bool, name: str) -> str:
    return str(_("yes") if value else _("no"))
