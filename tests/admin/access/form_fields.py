"""Which fields the panel's own forms have: read off its pages."""

from collections.abc import Iterable
from html.parser import HTMLParser

from flask.testing import FlaskClient

NOT_ASKED = ("csrf_token",)


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = dict(attrs).get("name")
        if tag in ("input", "select", "textarea", "button") and name:
            self.names.add(name)


def fields_of(client: FlaskClient, path: str) -> set[str]:
    answer = client.get(path)
    if answer.status_code != 200 or answer.mimetype != "text/html":
        return set()
    found = _Fields()
    found.feed(answer.text)
    return found.names - set(NOT_ASKED)


def all_fields(client: FlaskClient, paths: Iterable[str]) -> set[str]:
    return set().union(*(fields_of(client, path) for path in paths))
