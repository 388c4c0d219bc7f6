"""A week as a picture: which hours are open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from store.hours import DAY, DAYS, WEEK, parse

from .cells import week_in_words
from .hours_field import day_names

WIDTH, HEIGHT, TOP = 700, 34, 12


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    width: float


def week_picture(hours: Any, at: datetime) -> Markup:
    """`at`: now, by the paper's clock. None for always open."""
    scale = WIDTH / WEEK
    bars = [Bar(start * scale, (end - start) * scale) for start, end in _within(hours)]
    now = (at.weekday() * DAY + at.hour * 60 + at.minute) * scale
    rects = Markup("").join(
        Markup('<rect class="open" x="{:.1f}" y="{}" width="{:.1f}" height="{}"/>').format(
            bar.x, TOP, bar.width, HEIGHT - TOP
        )
        for bar in bars
    )
    return Markup(
        '<svg class="weekly" viewBox="0 0 {w} {h}" role="img" aria-label="{words}">'
        '<rect class="ground" x="0" y="{top}" width="{w}" height="{bar}"/>{rects}{days}'
        '<line class="now" x1="{now:.1f}" x2="{now:.1f}" y1="{top}" y2="{h}"/></svg>'
    ).format(
        w=WIDTH, h=HEIGHT, top=TOP, bar=HEIGHT - TOP, rects=rects, days=_days(), now=now,
        words=week_in_words(hours),
    )  # fmt: skip


def _days() -> Markup:
    names = day_names()
    return Markup("").join(
        Markup(
            '<text x="{x:.0f}" y="9">{name}</text>'
            '<line class="line" x1="{x:.0f}" x2="{x:.0f}" y1="0" y2="{h}"/>'
        ).format(x=at * WIDTH / 7, name=names[day], h=HEIGHT)
        for at, day in enumerate(DAYS)
    )


def _within(hours: Any) -> Sequence[tuple[int, int]]:
    """What passes Sunday's midnight begins the week."""
    if not hours:
        return [(0, WEEK)]
    spans = list(parse(hours))
    again = [(0, end - WEEK) for _, end in spans if end > WEEK]
    return [*again, *((start, min(end, WEEK)) for start, end in spans)]
