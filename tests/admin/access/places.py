"""Addresses of every page, with something in the places of names and numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask

from admin.access.matrix import Page, pages

PLACE = re.compile(r"<(?:(?P<kind>\w+)(?:\([^)]*\))?:)?\w+>")
SAMPLES = {
    "int": "77",
    "float": "1.5",
    "path": "a/b",
    "uuid": "00000000-0000-0000-0000-000000000001",
}


@dataclass(frozen=True, slots=True)
class Place:
    page: Page
    method: str
    path: str


def places(app: Flask, *methods: str) -> Iterator[Place]:
    for page in pages(app):
        for method in page.methods:
            if not methods or method in methods:
                yield Place(page, method, path_of(page.rule))


def path_of(rule: str, text: str = "1") -> str:
    """`text`: what stands where the address takes any word."""
    return PLACE.sub(lambda found: SAMPLES.get(found["kind"] or "", text), rule)
