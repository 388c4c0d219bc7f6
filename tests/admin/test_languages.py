"""Nothing that a user reads is left untranslated."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from admin.languages import FOLDER, catalogue

ADMIN = FOLDER.parent
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
IN_TEMPLATES = {**KEYWORDS, "lazy_gettext": None}
VARIABLE = re.compile(r"%\((\w+)\)s")


def texts() -> Iterator[tuple[Path, str]]:
    """Where a text stands, and the text."""
    for path in sorted(ADMIN.rglob("*.py")):
        for _, message, *_ in extract_from_file("python", path, keywords=KEYWORDS):
            yield path, message[0] if isinstance(message, tuple) else message
    for path in sorted(ADMIN.rglob("templates/**/*.html")):
        options = {"extensions": "jinja2.ext.do"}
        found = extract_from_file(
            "jinja2.ext.babel_extract", path, keywords=IN_TEMPLATES, options=options
        )
        for _, message, *_ in found:
            yield path, message[0] if isinstance(message, tuple) else message


def test_every_text_of_the_panel_is_there_in_chinese() -> None:
    known = catalogue()
    missing = {
        f"{path.relative_to(ADMIN)}: {text}"
        for path, text in texts()
        if not (text in known and known[text].string)
    }
    assert missing == set()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.po")), ids=lambda path: path.stem)
def test_a_translation_names_the_same_variables(path: Path) -> None:
    with path.open("rb") as file:
        wrong = [
            message.id
            for message in read_po(file)
            if message.id
            and isinstance(message.id, str)
            and set(VARIABLE.findall(message.id)) != set(VARIABLE.findall(str(message.string)))
        ]
    assert wrong == []
