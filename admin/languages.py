"""The panel's languages: English, and what `translations/*.po` put beside it."""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request
from flask_babel import Babel, Domain, get_locale

from .access.current import current_user
from .panel import the_panel

LANGUAGES = {"en": "English", "zh_Hans_CN": "简体中文"}
"""By the locales of flask-admin's own texts: plain `zh` has none there."""
FOLDER = Path(__file__).parent / "translations"


def set_up(app: Flask) -> None:
    Babel(app, locale_selector=language, timezone_selector=lambda: str(the_panel().zone))
    app.extensions["babel"].instance.domain_instance = _Texts()  # a cached property of theirs


def language() -> str:
    """The user's own, else what the browser asks for, else English."""
    if not has_request_context():
        return "en"
    user = current_user()
    if user is not None and user.language in LANGUAGES:
        return str(user.language)
    chosen = request.accept_languages.best_match(["en", "zh"])
    return "zh_Hans_CN" if chosen == "zh" else "en"


class _Texts(Domain):
    """Reads the texts themselves: nothing is compiled, nothing can be out of step."""

    def get_translations(self) -> NullTranslations:
        return _texts(str(get_locale() or "en"))


@cache
def _texts(locale: str) -> NullTranslations:
    if locale == "en":
        return NullTranslations()
    packed = BytesIO()
    write_mo(packed, catalogue())
    packed.seek(0)
    return Translations(packed)


def catalogue() -> Catalog:
    """All that is translated into Chinese."""
    whole = Catalog("zh_Hans_CN")
    for path in sorted(FOLDER.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="zh_Hans_CN"):
                if message.id:
                    whole[message.id] = message
    return whole
