"""Steps of a call as lines for a person."""

from collections.abc import Mapping


def one_line(text: str) -> str:
    """Without line breaks, terminal codes and turned writing, which a caller's name may hold."""
    return "".join(character if character.isprintable() else " " for character in text)


def detail_line(detail: Mapping[str, object]) -> str:
    """What a step did, in one piece."""
    return "; ".join(f"{name}: {value}" for name, value in detail.items())


def step_line(flow: str, step: str, verb: str, event: str, detail: object) -> str:
    """One step of a trace; what it did comes last."""
    if isinstance(detail, Mapping):
        detail = detail_line(detail)
    return one_line(f"{flow}/{step}  {verb} → {event or 'end'}  {detail}").rstrip()


def news_line(news: Mapping[str, object]) -> str:
    """One piece of news from `appliance.watching`."""
    what = news.get("what")
    if what == "started":
        return f"call {news.get('call')} to {news.get('dialled')}: {news.get('flow') or 'no flow'}"
    if what == "ended":
        reason = news.get("reason")
        return f"ended: {news.get('end')}{f' ({reason})' if reason else ''}"
    flow, step, verb, event = (str(news.get(key, "")) for key in ("flow", "step", "verb", "event"))
    line = step_line(flow, step, verb, event, news.get("detail"))
    error = news.get("error")
    return f"{line}  ERROR {error}" if error else line
