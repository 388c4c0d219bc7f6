"""Every subject of the panel: one line each, in the order of the menu."""

from collections.abc import Iterator

from flask import Blueprint
from flask_admin import BaseView

from .panel import Panel
from .trying.view import Trying


def views(panel: Panel) -> Iterator[BaseView]:
    """What stands in the menu, after the overview. `panel` tells which parts this box has."""
    yield Trying()


def blueprints(panel: Panel) -> Iterator[Blueprint]:
    """Pages outside the menu."""
    yield from ()
