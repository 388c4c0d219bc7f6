"""The last resort of a failed flow: say sorry, take a message, hang up."""

from ivr_flows.context import Context, Session
from ivr_flows.flow import Flow
from ivr_flows.languages import APOLOGY, THANKS
from ivr_flows.ports import CallFailed, RecordRule, SpeechFailed
from ivr_flows.trace import StepRecord

STEP = "(apology)"
"""Its name in the trace; no step of a flow can have it."""


def apologise(session: Session, flow: Flow) -> None:
    """Raises `CallEnded` and `SwitchLost`; without speech the tone alone is heard."""
    context = Context(session, flow, {})
    started = context.now()
    event = "hangup"
    try:
        event = _apologise(context)
    finally:
        seconds = context.seconds_since(started)
        detail = {**context.detail, "reason": session.run.reason[:500]}
        session.write(StepRecord(flow.name, STEP, "record", started, seconds, event, detail))


def _apologise(context: Context) -> str:
    try:
        context.answer()
        _say(context, APOLOGY)
        recording = context.session.call.record(context.recording_path(), RecordRule())
        context.session.run.last_words = recording
        context.note("recorded", f"{recording.seconds:.1f} s")
        if recording.finished_by == "hangup":
            return "hangup"
        _say(context, THANKS)
    except CallFailed as failure:
        context.note("failed", failure)
        return "error"
    return "done"


def _say(context: Context, versions: dict[str, str]) -> None:
    try:
        prompts = context.sentence(versions)
    except SpeechFailed as failure:
        context.note("unsaid", failure)
        return
    context.note("said", " ".join(prompt.text for prompt in prompts))
    context.session.call.play(prompts, barge_in=False)
