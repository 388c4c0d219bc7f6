"""A flow's version that an address names."""

from flask import abort

from store import flows
from store.errors import FlowUnknown, VersionUnknown
from store.models import FlowVersion


def version_or_404(name: str, number: int | None = None) -> FlowVersion:
    """The newest without `number`."""
    try:
        return flows.version(name, number)
    except (FlowUnknown, VersionUnknown):
        abort(404)
