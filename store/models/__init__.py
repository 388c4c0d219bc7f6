"""One file of models per subject; `ALL` is what the migrations must amount to."""

from store.models.call import Call, CallStep, CallTag
from store.models.callback import Callback
from store.models.expert import (
    ExpertLine,
    ExpertSession,
    LateAnswer,
    Piece,
    PieceEdit,
    Question,
)
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
from store.models.meeting import Meeting, MeetingErrand, MeetingGuest
from store.models.message import Correction, Delivery, Message, Transcript
from store.models.message_handling import MessageAssignment, MessageIndex, MessageNote
from store.models.panel import (
    AuditEntry,
    MailboxGrant,
    PanelSession,
    PanelUser,
    RecoveryCode,
)
from store.models.phone import SipPhone
from store.models.query import DataSource, SavedQuery
from store.models.recording import Recording
from store.models.room import ConferenceNumber, ConferenceRecording, ConferenceRoom
from store.models.route import Holiday, Route

ALL = (
    Flow, FlowVersion, DataSource, SavedQuery, Route, Call, CallStep, CallTag, Recording,
    Mailbox, MailboxNumber, PinGate, Greeting, Recipient, Message, Transcript, Correction, Delivery,
    Person, PersonNumber, Trunk, DiallingRule, DiallingLimit, DialAttempt,
    ExpertLine, ExpertSession, Question, Piece, PieceEdit, LateAnswer,
    ConferenceRoom, ConferenceNumber, ConferenceRecording,
    Meeting, MeetingGuest, MeetingErrand,
    Callback,
    PanelUser, RecoveryCode, PanelSession, MailboxGrant, AuditEntry,
    MessageAssignment, MessageNote, MessageIndex,
    SipPhone, Holiday,
)  # fmt: skip

__all__ = [
    "ALL",
    "AuditEntry",
    "Call",
    "CallStep",
    "CallTag",
    "Callback",
    "ConferenceNumber",
    "ConferenceRecording",
    "ConferenceRoom",
    "Correction",
    "DataSource",
    "Delivery",
    "DialAttempt",
    "DiallingLimit",
    "DiallingRule",
    "ExpertLine",
    "ExpertSession",
    "Flow",
    "FlowVersion",
    "Greeting",
    "Holiday",
    "LateAnswer",
    "Mailbox",
    "MailboxGrant",
    "MailboxNumber",
    "Meeting",
    "MeetingErrand",
    "MeetingGuest",
    "Message",
    "MessageAssignment",
    "MessageIndex",
    "MessageNote",
    "PanelSession",
    "PanelUser",
    "Person",
    "PersonNumber",
    "Piece",
    "PieceEdit",
    "PinGate",
    "Question",
    "Recipient",
    "Recording",
    "RecoveryCode",
    "Route",
    "SavedQuery",
    "SipPhone",
    "Transcript",
    "Trunk",
]
