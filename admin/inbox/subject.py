"""All pages of the inbox."""

from collections.abc import Iterator

from flask import Blueprint

from . import calling, correcting, export, handling, marking, sound


def inbox_pages() -> Iterator[Blueprint]:
    """Those outside the menu."""
    yield from (
        sound.page,
        marking.page,
        handling.page,
        correcting.page,
        calling.page,
        export.page,
    )
