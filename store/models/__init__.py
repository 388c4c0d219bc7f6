"""One file of models per subject; `ALL` is what the migrations must amount to."""

from store.models.call import Call, CallStep
from store.models.flow import Flow, FlowVersion
from store.models.line import (
    DialAttempt,
    DiallingLimit,
    DiallingRule,
    Person,
    PersonNumber,
    Trunk,
)
from store.models.mailbox import Greeting, Mailbox, MailboxNumber, PinGate, Recipient
from store.models.message import Correction, Delivery, Message, Transcript
from store.models.query import DataSource, SavedQuery
from store.models.recording import Recording
from store.models.route import Route

ALL = (
    Flow, FlowVersion, DataSource, SavedQuery, Route, Call, CallStep, Recording,
    Mailbox, MailboxNumber, PinGate, Greeting, Recipient, Message, Transcript, Correction, Delivery,
    Person, PersonNumber, Trunk, DiallingRule, DiallingLimit, DialAttempt,
)  # fmt: skip

__all__ = [
    "ALL",
    "Call",
    "CallStep",
    "Correction",
    "DataSource",
    "Delivery",
    "DialAttempt",
    "DiallingLimit",
    "DiallingRule",
    "Flow",
    "FlowVersion",
    "Greeting",
    "Mailbox",
    "MailboxNumber",
    "Message",
    "Person",
    "PersonNumber",
    "PinGate",
    "Recipient",
    "Recording",
    "Route",
    "SavedQuery",
    "Transcript",
    "Trunk",
]
