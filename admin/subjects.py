"""Every subject of the panel: one line each, in the order of the menu."""

from collections.abc import Iterator

from flask import Blueprint
from flask_admin import BaseView

from .browser_phone.view import Phone
from .calls.view import Calls
from .flows.subjects import flow_views
from .inbox.subject import inbox_pages
from .inbox.view import Inbox
from .live.page import live_page
from .panel import Panel
from .public.answers import answer_pages
from .records.subjects import record_views
from .rooms.subjects import air_views
from .signin.page import page as signin
from .trying.view import Trying
from .users.subjects import user_views


def views(panel: Panel) -> Iterator[BaseView]:
    """What stands in the menu, after the overview. `panel` tells which parts this box has."""
    yield Calls()
    yield Inbox()
    yield from flow_views()
    yield Trying()
    yield Phone()
    yield from air_views()
    yield from record_views()
    yield from user_views()


def blueprints(panel: Panel) -> Iterator[Blueprint]:
    """Pages outside the menu."""
    yield signin
    yield live_page()
    yield from inbox_pages()
    yield answer_pages(panel.home / "public" / "experts")
