"""The expert line: its sessions, the questions asked in them, and what is kept of each."""

from enum import StrEnum

import peewee

from store.database import Base
from store.fields import JsonField, UtcField, now
from store.models.line import Person
from store.models.message import Message


class ExpertLine(Base):
    """A line on which experts answer callers, one session after the other."""

    id = peewee.AutoField()
    name = peewee.CharField(max_length=64, unique=True)
    """What flows call it."""
    title = peewee.CharField(max_length=200, default="")
    """What callers hear it called."""
    language = peewee.CharField(max_length=16, default="en")
    mailbox = peewee.CharField(max_length=64, default="")
    """Name of the mailbox that takes questions outside the hour; empty: none are taken."""
    music = peewee.CharField(max_length=64, default="")
    """One of the paper's own recordings, by name: heard in the hall until host or expert come."""
    callback_hours = JsonField(null=True)
    """Weekly hours (`store.hours`) in which askers are called back; none for 9 to 20 o'clock."""


class SessionState(StrEnum):
    SCHEDULED = "scheduled"
    OPEN = "open"
    """Callers come in and wait; the expert is not there yet."""
    LIVE = "live"
    CLOSED = "closed"
    MISSED = "missed"
    """Its time passed while the box was down, or the expert never came."""
    CANCELLED = "cancelled"


class ExpertSession(Base):
    """One hour with one expert."""

    id = peewee.AutoField()
    line = peewee.ForeignKeyField(ExpertLine, backref="sessions", on_delete="CASCADE")
    line_id: int
    topic = peewee.CharField(max_length=200)
    introduction = peewee.TextField(default="")
    """Spoken to callers before they come in; empty: the topic and the expert's title."""
    consent = peewee.TextField(default="")
    """Spoken before anything of a caller is recorded; empty: the usual words."""
    expert = peewee.ForeignKeyField(Person, null=True, on_delete="SET NULL")
    host = peewee.ForeignKeyField(Person, null=True, on_delete="SET NULL")
    starts_at = UtcField(index=True)
    minutes = peewee.IntegerField(default=60)
    extended = peewee.IntegerField(default=0)
    """Minutes added while it ran."""
    languages = JsonField(default=list)
    """Those that callers may choose from; the first is the session's own."""
    listeners = peewee.IntegerField(default=300)
    """Most callers at once; 0: nobody listens in, callers are asked at once to wait their turn."""
    record = peewee.BooleanField(default=True)
    call_expert = peewee.BooleanField(default=True)
    """Whether the box calls the expert; otherwise the expert calls in with the PIN."""
    expert_pin = peewee.CharField(max_length=255, default="")
    host_pin = peewee.CharField(max_length=255, default="")
    screener_pin = peewee.CharField(max_length=255, default="")
    """argon2 (`store.pins`); empty: that role cannot call in."""
    jingle = peewee.CharField(max_length=64, default="")
    """One of the paper's own recordings, by name."""
    state = peewee.CharField(max_length=16, default=SessionState.SCHEDULED, index=True)
    opened_at = UtcField(null=True)
    live_at = UtcField(null=True)
    closed_at = UtcField(null=True)
    reason = peewee.CharField(max_length=200, default="")
    """Why it ended otherwise than by its time."""
    created_at = UtcField(default=now)


class QuestionState(StrEnum):
    WAITING = "waiting"
    ASIDE = "aside"
    """A screener speaks with the caller."""
    ON_AIR = "on_air"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    GONE = "gone"
    """The caller hung up, or the session ended, before it was their turn."""


class Question(Base):
    """Somebody wants to ask; what the caller gives is hostile."""

    id = peewee.CharField(max_length=36, primary_key=True)
    session = peewee.ForeignKeyField(ExpertSession, backref="questions", on_delete="CASCADE")
    call = peewee.CharField(max_length=64, index=True)
    """The call's uuid."""
    caller_number = peewee.CharField(max_length=64, default="")
    caller_name = peewee.CharField(max_length=200, default="")
    withheld = peewee.BooleanField(default=False)
    contact_number = peewee.CharField(max_length=64, default="")
    """Where the caller can be reached, if not at `caller_number`."""
    language = peewee.CharField(max_length=16, default="")
    state = peewee.CharField(max_length=16, default=QuestionState.WAITING)
    priority = peewee.IntegerField(default=0)
    """Higher ones come first; of equals, who asked first."""
    note = peewee.TextField(default="")
    """The screener's."""
    screened = peewee.BooleanField(default=False)
    asked_at = UtcField(index=True)
    on_air_at = UtcField(null=True)
    off_air_at = UtcField(null=True)
    ended_at = UtcField(null=True)

    class Meta:
        indexes = ((("session", "state", "priority", "asked_at"), False),)


class PieceState(StrEnum):
    RECORDING = "recording"
    """On air, or cut off by a crash; found again."""
    KEPT = "kept"
    LOST = "lost"
    """Its file was never written, or holds nothing."""


class Review(StrEnum):
    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"


class Piece(Base):
    """One question and its answer, as a recording of its own."""

    id = peewee.CharField(max_length=36, primary_key=True)
    session = peewee.ForeignKeyField(ExpertSession, backref="pieces", on_delete="CASCADE")
    session_id: int
    question = peewee.ForeignKeyField(Question, backref="pieces", null=True, on_delete="SET NULL")
    """None where the expert spoke without being asked."""
    question_id: str | None
    state = peewee.CharField(max_length=16, default=PieceState.RECORDING)
    begun_at = UtcField(index=True)
    ended_at = UtcField(null=True)
    seconds = peewee.FloatField(default=0.0)
    path = peewee.CharField(max_length=500, default="")
    """Relative to the recordings' folder; empty while it is recorded."""
    size = peewee.BigIntegerField(default=0)
    sha256 = peewee.CharField(max_length=64, default="")
    reason = peewee.CharField(max_length=200, default="")
    """Why it is lost."""
    people = JsonField(default=list)
    """Who was on air: `[{"role", "name", "number"}]`."""
    contact_number = peewee.CharField(max_length=64, default="")
    """The asker's: only the desk sees it, it is never published."""
    language = peewee.CharField(max_length=16, default="en")

    transcript_state = peewee.CharField(max_length=16, default="")
    """As of a message's transcript; empty while there is no recording."""
    transcript_error = peewee.CharField(max_length=300, default="")
    transcript = peewee.TextField(default="")
    """What the machine heard."""
    words = JsonField(default=list)
    """`[{"text", "start", "end", "confidence"}]`, times in seconds from the beginning."""
    engine = peewee.CharField(max_length=132, default="")
    transcript_note = peewee.CharField(max_length=300, default="")
    attempts = peewee.IntegerField(default=0)
    claimed_by = peewee.CharField(max_length=64, default="")
    """The worker that has it, by its life."""

    review = peewee.CharField(max_length=16, default=Review.OPEN)
    title = peewee.CharField(max_length=200, default="")
    corrected = peewee.TextField(default="")
    """An editor's wording of the transcript; empty: the machine's counts."""
    cut_start = peewee.FloatField(default=0.0)
    """Seconds."""
    cut_end = peewee.FloatField(null=True)
    """Seconds from the beginning; None for all of it."""
    reviewed_by = peewee.CharField(max_length=100, default="")
    reviewed_at = UtcField(null=True)
    published_at = UtcField(null=True)
    """When it first stood in the feed."""
    changed_at = UtcField(default=now)
    """Of what readers see."""

    class Meta:
        indexes = ((("review", "published_at"), False), (("transcript_state", "begun_at"), False))


class PieceEdit(Base):
    """What an editor did with a piece; never changed."""

    id = peewee.AutoField()
    piece = peewee.ForeignKeyField(Piece, backref="edits", on_delete="CASCADE")
    what = peewee.CharField(max_length=16)
    """`title`, `text`, `cut`, or what became of its review."""
    value = peewee.TextField(default="")
    """The new wording, or the cut's two times."""
    author = peewee.CharField(max_length=100, default="")
    at = UtcField(default=now)


class AnswerState(StrEnum):
    RECORDING = "recording"
    KEPT = "kept"
    """Recorded; its call-back is a `Callback` of its own."""
    HEARD = "heard"
    """The asker heard it to the end."""
    DROPPED = "dropped"
    """There is to be none."""


class LateAnswer(Base):
    """An expert's answer to a question that was left as a message outside the hour."""

    id = peewee.CharField(max_length=36, primary_key=True)
    line = peewee.ForeignKeyField(ExpertLine, backref="answers", on_delete="CASCADE")
    message = peewee.ForeignKeyField(Message, unique=True, on_delete="CASCADE")
    """The question."""
    state = peewee.CharField(max_length=16, default=AnswerState.RECORDING)
    path = peewee.CharField(max_length=500, default="")
    """Relative to the recordings' folder."""
    seconds = peewee.FloatField(default=0.0)
    answered_by = peewee.CharField(max_length=64, default="")
    """The person's name."""
    callback = peewee.IntegerField(null=True, index=True)
    """Its call-back's id; none where the asker may not be called."""
    rounds = peewee.IntegerField(default=0)
    """How often a call-back was entered: who hangs up before the end is called again."""
    created_at = UtcField(default=now)
    heard_at = UtcField(null=True)
