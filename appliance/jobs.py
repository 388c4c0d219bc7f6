"""What the worker does: jobs in huey, each found again from the store when it was lost.

A worker that dies loses the task it had (huey delivers at most once), so a job is only ever a hint:
`find_lost_jobs` looks in the store for work that is not done.
"""

from dataclasses import asdict

import structlog
from huey import crontab
from huey.signals import SIGNAL_ERROR

from ivr_flows.loader import load_flow
from ivr_flows.texts import constant_texts
from lines.callbacks import ledger as callbacks
from lines.dialling import attempts
from lines.experts import tidying as late_answers
from lines.meetings import mails
from lines.meetings.rows import forget as forget_meetings
from lines.pieces import transcribing as pieces
from store import database, flows, message_search, messages, this_box
from store.fields import now
from store.models import FlowVersion
from tts_asr.housekeeping import tidy
from voicemail import housekeeping, transcribing
from voicemail.delivery import outbox

from . import settings as settings_module
from .alarms import raise_alarms
from .backing_up import look_through_store, start_when_due
from .book import spoken_languages
from .embedded import keep_embedded
from .expert_line_tasks import folders_of, owing_of
from .forgetting import forget
from .home import Home
from .meeting_post import MeetingPost
from .messaging import delivery_settings, mail_settings
from .piece_publishing import is_due, publish
from .piece_sounds import Sounds
from .queue import open_queue, when_back
from .speech import speaker
from .steps import TABLE
from .switch_state import keep_configured

log = structlog.get_logger()

MOST_PROMPT_BYTES = 2_000_000_000
"""Some thirty hours of speech; beyond, what was not used for long is removed."""
TRANSCRIPTS, DELIVERIES = 10, 20
"""Priorities: who is told soon of a short message does not wait for the words of a long one."""
MOST_HINTS = 200
"""With more in the queue nothing is added to it: what is lost is found once they are done."""
LIFE = this_box.new_life()
"""The life of this worker and of the processes that it forks; claims of earlier ones are void."""
settings = settings_module.load()
home = Home(settings.home)
jobs = open_queue(settings, home)


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


@jobs.task(retries=2, retry_delay=10)
def render_prompts(version_id: int) -> None:
    """Render ahead every prompt of a flow's version whose text is constant."""
    version = FlowVersion.get_by_id(version_id)
    if version.rendered_at is not None:
        return
    flow = load_flow(version.text, version.flow.name, table=TABLE)
    voices = speaker(settings, home)
    for text, language, voice in constant_texts(flow, spoken_languages()):
        voices.render(text, language, voice)
    flows.mark_rendered(version)
    log.info("prompts rendered", flow=version.flow.name, version=version.number)


@jobs.task(priority=TRANSCRIPTS)
def take_in_message(message_id: str) -> None:
    """Have a message heard, then tell whoever is to know of it."""
    transcribing.transcribe(message_id, home.voicemail, home.models, LIFE)
    for delivery in messages.undelivered(message_id):
        tell_of_message(delivery)


@jobs.task(priority=TRANSCRIPTS)
def take_in_piece(piece_id: str) -> None:
    """Have a piece of an expert's hour heard."""
    pieces.transcribe(piece_id, home.recordings, Sounds(home.models), LIFE)


@jobs.task(priority=DELIVERIES)
def publish_pieces() -> None:
    """Have readers find what editors have decided, and nothing else."""
    if is_due(settings, home) and (done := publish(settings, home)):
        log.info("answers published", **asdict(done))


@jobs.task(priority=DELIVERIES)
def tell_of_message(delivery_id: int) -> None:
    """Try one delivery; its row says what came of it and when to try again."""
    outbox.deliver(delivery_id, delivery_settings(settings), LIFE)


@jobs.task(priority=DELIVERIES)
def tell_of_meeting(errand: int) -> None:
    """Try one mail about a meeting; its row says what came of it and when to try again."""
    mails.send(errand, MeetingPost(mail_settings(settings)), settings.time_zone, LIFE)


@jobs.task(priority=DELIVERIES)
def configure_switch() -> None:
    """Have the switch run what settings and store say; also found every minute."""
    if settings.switch == "embedded":
        if keep_embedded(settings, home):
            log.info("the switch knows the phones anew")
        return
    outcome = keep_configured(settings, home)
    if outcome and outcome.applied:
        log.info("FreeSWITCH's configuration applied", **asdict(outcome.applied))


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
