"""What changes in an hour, as jobs for the store's writer."""

from lines.experts.hour.asked import Asked
from lines.experts.hour.orders import KeepQuestion, KeepSession
from store.expert_jobs import QuestionNoted, SessionNoted


def job(session: int, order: KeepQuestion | KeepSession) -> QuestionNoted | SessionNoted:
    if isinstance(order, KeepQuestion):
        return _question(session, order.question)
    return SessionNoted(
        id=session,
        state=order.state.value,
        extended=order.minutes_more,
        opened_at=order.opened_at,
        live_at=order.live_at,
        closed_at=order.closed_at,
        reason=order.reason,
    )


def _question(session: int, asked: Asked) -> QuestionNoted:
    return QuestionNoted(
        id=asked.id,
        session=session,
        call=asked.call_id,
        caller_number=asked.caller.number,
        caller_name=asked.caller.name,
        withheld=asked.caller.withheld,
        contact_number=asked.contact,
        language=asked.language,
        state=asked.state.value,
        priority=asked.priority,
        note=asked.note,
        screened=asked.screened,
        asked_at=asked.asked_at,
        on_air_at=asked.on_air_at,
        off_air_at=asked.off_air_at,
        ended_at=asked.ended_at,
    )
