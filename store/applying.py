"""Jobs into the database: many in one transaction, a bad one alone."""

import logging
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

import peewee
import psycopg

from store import calls, experts, messages, pieces, quality, recordings
from store.database import disconnect, reason, writing
from store.errors import StoreAway
from store.expert_jobs import QuestionNoted, SessionNoted
from store.jobs import (
    CallAbandoned,
    CallEnded,
    CallsLost,
    CallStarted,
    Job,
    MessageBegun,
    MessageDiscarded,
    MessageKept,
    MessageNoted,
    RecordingKept,
)
from store.piece_jobs import PieceBegun, PieceKept, PieceLost
from store.quality_jobs import CallMeasured

log = logging.getLogger(__name__)

APPLY: dict[type, Callable[[Sequence[Any]], None]] = {
    CallStarted: calls.started,
    CallEnded: calls.ended,
    CallAbandoned: calls.abandoned,
    RecordingKept: recordings.kept,
    MessageBegun: messages.begun,
    MessageNoted: messages.noted,
    MessageKept: messages.kept,
    MessageDiscarded: messages.discarded,
    SessionNoted: experts.session_noted,
    QuestionNoted: experts.question_noted,
    PieceBegun: pieces.begun,
    PieceKept: pieces.kept,
    PieceLost: pieces.lost,
    CallMeasured: quality.measured,
    CallsLost: calls.lost,
}
"""In the order in which a batch is applied: recordings refer to calls, pieces to questions, and
only what is still open after everything else is lost."""

JOB_FAULTS = (
    peewee.IntegrityError,
    peewee.DataError,
    sqlite3.IntegrityError,
    sqlite3.DataError,
    psycopg.IntegrityError,
    psycopg.DataError,
    ValueError,
    TypeError,
    OverflowError,
    AttributeError,
)
"""Raised for a job's own values; anything else is the store's trouble and is tried again."""


def apply(jobs: Sequence[Job]) -> int:
    """Keep `jobs`; how many were refused (each is logged). Raises `StoreAway`: nothing was kept."""
    try:
        _together(jobs)
    except JOB_FAULTS:
        return sum(not _alone(job) for job in jobs)
    return 0


def _alone(job: Job) -> bool:
    try:
        _together([job])
    except JOB_FAULTS as error:
        log.error("the store refused a job: %s: %.500r", error, job)
        return False
    return True


def _together(jobs: Sequence[Job]) -> None:
    try:
        with writing():
            for kind, keep in APPLY.items():
                if chosen := [job for job in jobs if type(job) is kind]:
                    keep(chosen)
    except JOB_FAULTS:
        raise
    except StoreAway:
        _drop_connection()
        raise
    except (peewee.PeeweeException, sqlite3.Error, psycopg.Error, OSError) as error:
        _drop_connection()
        raise StoreAway(reason(error)) from error


def _drop_connection() -> None:
    """A connection in an unknown state is not used again."""
    try:
        disconnect()
    except (peewee.PeeweeException, sqlite3.Error, psycopg.Error):
        log.debug("the store's connection did not close", exc_info=True)
