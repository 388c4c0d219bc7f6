"""What the worker does unasked: by the clock, at its start, and whatever work was lost."""

import structlog
from huey import crontab
from huey.signals import SIGNAL_ERROR

from lines.callbacks import ledger as callbacks
from lines.dialling import attempts
from lines.experts import tidying as late_answers
from lines.meetings import mails
from lines.meetings.rows import forget as forget_meetings
from lines.pieces import transcribing as pieces
from store import database, flows, message_search
from store.fields import now
from tts_asr.housekeeping import tidy
from voicemail import housekeeping, transcribing
from voicemail.delivery import outbox

from .alarms import raise_alarms
from .backing_up import look_through_store, start_when_due
from .expert_line_tasks import folders_of, owing_of
from .forgetting import forget
from .jobs import (
    LIFE,
    configure_switch,
    home,
    jobs,
    publish_pieces,
    render_prompts,
    settings,
    take_in_message,
    take_in_piece,
    tell_of_meeting,
    tell_of_message,
)
from .queue import when_back
from .speech import speaker

log = structlog.get_logger()

MOST_PROMPT_BYTES = 2_000_000_000
"""Some thirty hours of speech; beyond, what was not used for long is removed."""
MOST_HINTS = 200
"""With more in the queue nothing is added to it: what is lost is found once they are done."""


@jobs.on_startup()
def _ready() -> None:
    """Runs in each worker process."""
    database.connect(settings.store_url)


@jobs.on_startup()
def _find_what_the_last_worker_left() -> None:
    find_lost_jobs()


@jobs.signal(SIGNAL_ERROR)
def _connect_anew(*_: object) -> None:
    """The job may have failed because the store's connection broke; the next one opens another."""
    database.disconnect()


@jobs.periodic_task(crontab())
def keep_switch_configured() -> None:
    configure_switch.call_local()


@jobs.periodic_task(crontab())
def find_lost_jobs() -> None:
    """Whatever the store says is not done."""
    if jobs.pending_count() > MOST_HINTS:
        return
    for version in flows.live_flows():
        if version.rendered_at is None:
            render_prompts(version.id)
    message_search.catch_up()
    for message in transcribing.unfinished(LIFE):
        take_in_message(message)
    for piece in pieces.unheard(LIFE):
        take_in_piece(piece)
    publish_pieces()
    for delivery in outbox.due(now(), LIFE):
        tell_of_message(delivery)
    for errand in mails.due(now(), LIFE):
        tell_of_meeting(errand)


when_back(jobs, find_lost_jobs)


@jobs.periodic_task(crontab())
def call_again_with_answers() -> None:
    """Who hung up before the end of an expert's answer is owed another call."""
    owing_of(settings).enter_again()


@jobs.periodic_task(crontab(minute="*/10"))
def improve_prompts() -> None:
    """Say again what a lesser engine stood in for."""
    better = speaker(settings, home).improve()
    if better:
        log.info("prompts said again by a better engine", prompts=better)


@jobs.periodic_task(crontab())
def tell_administrator() -> None:
    raise_alarms(settings, home)


@jobs.periodic_task(crontab(minute="*/5"))
def back_up() -> None:
    """Has a process of its own make the backup that is due."""
    start_when_due(settings, home)


@jobs.periodic_task(crontab(hour="4", minute="45"))
def find_damage() -> None:
    """A page of the store that cannot be read is found before a call needs it."""
    look_through_store(settings, home)


@jobs.periodic_task(crontab(minute="15"))
def tidy_messages() -> None:
    """Remove what the rules of the mailboxes say, and what was withdrawn long ago."""
    removed = housekeeping.tidy(home.voicemail, now())
    log.info("voicemail tidied", removed=str(removed))


@jobs.periodic_task(crontab(minute="20"))
def tidy_late_answers() -> None:
    """Remove what experts have recorded and never sent."""
    late_answers.tidy(folders_of(home), now())


@jobs.periodic_task(crontab(hour="4", minute="15"))
def forget_dialling() -> None:
    """Remove what is older than anybody asks for: dialling log, call-backs, meetings."""
    attempts.forget(now())
    forget_meetings(now())
    callbacks.forget(now())


@jobs.periodic_task(crontab(hour="4", minute="20"))
def forget_callers() -> None:
    """Who called, and whole calls, when the paper does not keep them any longer."""
    forget(settings, home, now())


@jobs.periodic_task(crontab(hour="4", minute="30"))
def tidy_prompts() -> None:
    tidy(home.prompts, MOST_PROMPT_BYTES)
