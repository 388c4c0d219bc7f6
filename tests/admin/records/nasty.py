"""What a form may be sent that nobody means well with."""

from collections.abc import Mapping
from itertools import product
from typing import Any

from flask.testing import FlaskClient

NASTY = {
    "empty": "",
    "huge": "x" * 200_000,
    "script": "<script>alert(1)</script>",
    "right to left": "\u202eevil \u0645\u0631\u062d\u0628\u0627",
    "four bytes": "\U0001f4de\U0001f525",
    "nul": "a\x00b",
    "a list": "[1, 2]",
    "a template": "{{ 7 * 7 }}",
    "SQL": "'; DROP TABLE person; --",
    "digits of another alphabet": "٣٤٥",
    "a huge number": "9" * 5_000,
    "no number": "nan",
}


def survives(client: FlaskClient, form: str, good: Mapping[str, Any], *fields: str) -> None:
    """Every hostile text in every field of a form leads to a page: never to a fault of ours."""
    for field, (kind, text) in product(fields, NASTY.items()):
        answer = client.post(form, data={**good, field: text})
        assert answer.status_code in (200, 302), (field, kind)
        assert "<script>alert" not in answer.text, (field, kind)
    listed = client.get(form.removesuffix("new/"))
    assert listed.status_code == 200
    assert "<script>alert" not in listed.text
