"""Weekly hours in a form: one line for each day."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from markupsafe import Markup, escape
from wtforms import Field

from store.errors import HoursInvalid
from store.hours import DAY, DAYS, parse

LONGEST = 200
"""Characters of a day's hours."""


def day_names() -> Mapping[str, str]:
    return {
        "mon": gettext("Monday"),
        "tue": gettext("Tuesday"),
        "wed": gettext("Wednesday"),
        "thu": gettext("Thursday"),
        "fri": gettext("Friday"),
        "sat": gettext("Saturday"),
        "sun": gettext("Sunday"),
    }


class HoursField(Field):
    """None when every day is empty: always open."""

    def widget(self, field: Any, **given: Any) -> Markup:
        described = escape(given.get("aria-describedby", ""))
        rows = Markup("").join(self._row(day, name, described) for day, name in day_names().items())
        return Markup('<span class="week" id="{}" role="group">{}</span>').format(self.id, rows)

    def _row(self, day: str, name: str, described: str) -> Markup:
        return Markup(
            '<span class="day"><span>{name}</span><input name="{field}-{day}" value="{value}" '
            'maxlength="200" aria-label="{name}" aria-describedby="{described}" '
            'placeholder="09:00-18:00"></span>'
        ).format(
            name=name, field=self.name, day=day, value=self.texts.get(day, ""), described=described
        )

    data: Any

    def process(self, formdata: Any, *given: Any, **more: Any) -> None:
        super().process(formdata, *given, **more)
        self.texts = by_day(self.data)
        if formdata is not None and any(f"{self.name}-{day}" in formdata for day in DAYS):
            self.texts = {
                day: formdata.get(f"{self.name}-{day}", "").strip()[:LONGEST] for day in DAYS
            }
            self.data = as_weekly(self.texts)


def by_day(hours: Any) -> dict[str, str]:
    """Each day's hours as they are written into a line."""
    lines: dict[str, list[str]] = {}
    for start, end in sorted(_spans(hours)):
        day, minute = divmod(start, DAY)
        until = end - day * DAY
        until = until if until <= DAY else until - DAY
        lines.setdefault(DAYS[day], []).append(f"{_clock(minute)}-{_clock(until)}")
    return {day: ", ".join(spans) for day, spans in lines.items()}


def as_weekly(texts: Mapping[str, str]) -> dict[str, str | list[str]] | None:
    """As the records keep them: days with the same hours together, for whoever reads them."""
    found: dict[str, str | list[str]] = {}
    for first, last in runs(texts):
        spans = [span.strip() for span in texts[first].split(",") if span.strip()]
        days = first if first == last else f"{first}-{last}"
        found[days] = spans[0] if len(spans) == 1 else spans
    return found or None


def runs(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Days in a row that have the same hours: the first and the last of each."""
    found: list[tuple[str, str]] = []
    for at, day in enumerate(DAYS):
        if not texts.get(day):
            continue
        if found and found[-1][1] == DAYS[at - 1] and texts[DAYS[at - 1]] == texts[day]:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _spans(hours: Any) -> Sequence[tuple[int, int]]:
    try:
        return list(parse(hours)) if isinstance(hours, Mapping) else []
    except HoursInvalid:
        return []


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
