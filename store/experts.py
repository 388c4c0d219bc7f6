"""What is noted of expert's hours while they run."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from store.expert_jobs import QuestionNoted, SessionNoted
from store.fields import clean
from store.models import ExpertSession, Question

OPTIONAL = ("opened_at", "live_at", "closed_at", "reason")
WIDTHS = {
    "call": 64,
    "caller_number": 64,
    "caller_name": 200,
    "contact_number": 64,
    "language": 16,
    "note": 1000,
}


def session_noted(jobs: Sequence[SessionNoted]) -> None:
    for job in jobs:
        facts: dict[str, Any] = {"state": job.state, "extended": job.extended}
        facts |= {name: value for name in OPTIONAL if (value := getattr(job, name))}
        if "reason" in facts:
            facts["reason"] = clean(job.reason, 200)
        ExpertSession.update(facts).where(ExpertSession.id == job.id).execute()


def question_noted(jobs: Sequence[QuestionNoted]) -> None:
    """The last word on a question counts."""
    for job in jobs:
        facts = _facts(job)
        (
            Question.insert(facts)
            .on_conflict(
                conflict_target=[Question.id],
                update={name: value for name, value in facts.items() if name != "id"},
            )
            .execute()
        )


def _facts(job: QuestionNoted) -> Mapping[str, Any]:
    facts = {name: value for name, value in asdict(job).items() if name != "job"}
    return facts | {name: clean(facts[name], width) for name, width in WIDTHS.items()}
