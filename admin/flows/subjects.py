"""The views of flows."""

from collections.abc import Iterator

from flask_admin import BaseView

from .editing import FlowEditor
from .listing import FlowList
from .versions import FlowVersions


def flow_views() -> Iterator[BaseView]:
    yield FlowList()
    yield FlowEditor()
    yield FlowVersions()
