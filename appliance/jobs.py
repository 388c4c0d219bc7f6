"""What the worker does: jobs in huey, each found again from the store when it was lost.

A worker that dies loses the task it had (huey delivers at most once), so a job is only ever a hint:
`find_lost_jobs` looks in the store for work that is not done.
"""

import structlog
from huey import SqliteHuey, crontab

from ivr_flows.loader import load_flow
from ivr_flows.texts import constant_texts
from store import database, flows
from store.models import FlowVersion
from tts_asr.housekeeping import tidy

from . import settings as settings_module
from .home import Home
from .speech import speaker
from .steps import TABLE

log = structlog.get_logger()

MOST_PROMPT_BYTES = 2_000_000_000
"""Some thirty hours of speech; beyond, what was not used for long is removed."""
settings = settings_module.load()
home = Home(settings.home)
jobs = SqliteHuey("pressline", filename=str(home.jobs), results=False)


@jobs.on_startup()
def _ready() -> None:
    """Runs in each worker process."""
    database.connect(settings.store_url)


@jobs.task(retries=2, retry_delay=10)
def render_prompts(version_id: int) -> None:
    """Render ahead every prompt of a flow's version whose text is constant."""
    version = FlowVersion.get_by_id(version_id)
    if version.rendered_at is not None:
        return
    flow = load_flow(version.text, version.flow.name, table=TABLE)
    voices = speaker(settings, home)
    for text, language, voice in constant_texts(flow):
        voices.render(text, language, voice)
    flows.mark_rendered(version)
    log.info("prompts rendered", flow=version.flow.name, version=version.number)


@jobs.periodic_task(crontab())
def find_lost_jobs() -> None:
    for version in flows.live_flows():
        if version.rendered_at is None:
            render_prompts(version.id)


@jobs.periodic_task(crontab(minute="*/10"))
def improve_prompts() -> None:
    """Say again what a lesser engine stood in for."""
    better = speaker(settings, home).improve()
    if better:
        log.info("prompts said again by a better engine", prompts=better)


@jobs.periodic_task(crontab(hour="4", minute="30"))
def tidy_prompts() -> None:
    tidy(home.prompts, MOST_PROMPT_BYTES)
