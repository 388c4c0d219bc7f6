"""One file of models per subject; `ALL` is what the migrations must amount to."""

from store.models.call import Call, CallStep
from store.models.flow import Flow, FlowVersion
from store.models.query import DataSource, SavedQuery
from store.models.recording import Recording
from store.models.route import Route

ALL = (Flow, FlowVersion, DataSource, SavedQuery, Route, Call, CallStep, Recording)

__all__ = [
    "ALL",
    "Call",
    "CallStep",
    "DataSource",
    "Flow",
    "FlowVersion",
    "Recording",
    "Route",
    "SavedQuery",
]
