"""A flow's version that an address names."""

from flask import abort

from store import flows
from store.errors import FlowUnknown, VersionUnknown
from store.models import FlowVersion

LARGEST = 2**31 - 1
"""What a column of whole numbers holds on PostgreSQL; SQLite's driver raises beyond its own."""


def version_or_404(name: str, number: int | None = None) -> FlowVersion:
    """The newest without `number`."""
    if number is not None and number > LARGEST:
        abort(404)
    try:
        return flows.version(name, number)
    except (FlowUnknown, VersionUnknown):
        abort(404)
