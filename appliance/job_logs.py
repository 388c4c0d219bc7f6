"""What the worker writes says for which job, and of which call and message."""

from typing import Any

import structlog
from huey import Huey

from store.database import database
from store.models import Delivery, Message

log = structlog.get_logger()

NAMES = {"take_in_message": "message", "tell_of_message": "delivery", "take_in_piece": "piece"}
"""What the first argument of a job is; others need no more than their name."""


def bind_jobs(jobs: Huey) -> None:
    jobs.pre_execute("log")(_begin)


def _begin(task: Any) -> None:
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(job=task.name, **_about(task))


def _about(task: Any) -> dict[str, Any]:
    name = NAMES.get(task.name)
    if name is None or not task.args:
        return {}
    about = {name: task.args[0]}
    try:
        return {**about, **_call(task.name, task.args[0])}
    except Exception as error:  # a line less rather than a job less
        log.debug("nobody knows the call", reason=str(error))
        return about


def _call(job: str, given: Any) -> dict[str, str]:
    if database.obj is None or job == "take_in_piece":
        return {}
    message = given
    if job == "tell_of_message":
        message = Delivery.get_by_id(given).message.id
    return {"call": Message.get_by_id(message).call, "message": message}
