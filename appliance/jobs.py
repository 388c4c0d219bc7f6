"""What the worker does when it is hinted at: tasks in huey, each found again when it was lost.

A worker that dies loses the task it had (huey delivers at most once), so a task is only ever a
hint: `rounds.find_lost_jobs` looks in the store for work that is not done. A task imports what it
needs when it runs: whoever only gives hints, as the callbox does, starts without all that.
"""

from dataclasses import asdict

import structlog

from store import this_box

from . import settings as settings_module
from .home import Home
from .queue import open_queue

log = structlog.get_logger()

TRANSCRIPTS, DELIVERIES = 10, 20
"""Priorities: who is told soon of a short message does not wait for the words of a long one."""
LIFE = this_box.new_life()
"""The life of this worker and of the processes that it forks; claims of earlier ones are void."""
settings = settings_module.load()
home = Home(settings.home)
jobs = open_queue(settings, home)


@jobs.task(retries=2, retry_delay=10)
def render_prompts(version_id: int) -> None:
    """Render ahead every prompt of a flow's version whose text is constant."""
    from ivr_flows.loader import load_flow
    from ivr_flows.texts import constant_texts
    from store import flows
    from store.models import FlowVersion

    from .book import spoken_languages
    from .speech import speaker
    from .steps import TABLE

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
    from store import messages
    from voicemail import transcribing

    transcribing.transcribe(message_id, home.voicemail, home.models, LIFE)
    for delivery in messages.undelivered(message_id):
        tell_of_message(delivery)


@jobs.task(priority=TRANSCRIPTS)
def take_in_piece(piece_id: str) -> None:
    """Have a piece of an expert's hour heard."""
    from lines.pieces import transcribing

    from .piece_sounds import Sounds

    transcribing.transcribe(piece_id, home.recordings, Sounds(home.models), LIFE)


@jobs.task(priority=DELIVERIES)
def publish_pieces() -> None:
    """Have readers find what editors have decided, and nothing else."""
    from .piece_publishing import is_due, publish

    if is_due(settings, home) and (done := publish(settings, home)):
        log.info("answers published", **asdict(done))


@jobs.task(priority=DELIVERIES)
def tell_of_message(delivery_id: int) -> None:
    """Try one delivery; its row says what came of it and when to try again."""
    from voicemail.delivery import outbox

    from .messaging import delivery_settings

    outbox.deliver(delivery_id, delivery_settings(settings), LIFE)


@jobs.task(priority=DELIVERIES)
def tell_of_meeting(errand: int) -> None:
    """Try one mail about a meeting; its row says what came of it and when to try again."""
    from lines.meetings import mails

    from .meeting_post import MeetingPost
    from .messaging import mail_settings

    mails.send(errand, MeetingPost(mail_settings(settings)), settings.time_zone, LIFE)


@jobs.task(priority=DELIVERIES)
def configure_switch() -> None:
    """Have the switch run what settings and store say; also found every minute."""
    from .embedded import keep_embedded
    from .switch_state import keep_configured

    if settings.switch == "embedded":
        if keep_embedded(settings, home):
            log.info("the switch knows the phones anew")
        return
    outcome = keep_configured(settings, home)
    if outcome and outcome.brought_to:
        log.warning("FreeSWITCH started before the network and listens now", on=outcome.brought_to)
    if outcome and outcome.applied:
        log.info("FreeSWITCH's configuration applied", **asdict(outcome.applied))
