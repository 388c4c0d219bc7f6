"""The pages, as HTML that reads well on a phone, by day and by night, without any script."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from lines.pieces.publishing.imprint import Imprint
from lines.pieces.publishing.labels import day_in, labels
from lines.pieces.publishing.story import Line, Session, Story

TEMPLATES = Path(__file__).parent / "templates"
PAGES = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
PAGES.filters["length"] = lambda seconds: length(seconds)
PAGES.filters["day"] = day_in


def length(seconds: float) -> str:
    """Minutes and seconds, or with hours."""
    minutes, rest = divmod(max(1, round(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def story_page(imprint: Imprint, line: Line, session: Session, story: Story) -> bytes:
    return _page("story.html", story.language, imprint, line=line, session=session, story=story)


def line_page(imprint: Imprint, line: Line) -> bytes:
    return _page("line.html", line.language, imprint, line=line)


def index_page(imprint: Imprint, lines: Sequence[Line]) -> bytes:
    return _page("index.html", lines[0].language if lines else "en", imprint, lines=lines)


def edition() -> str:
    """Another when the pages look otherwise than before."""
    digest = hashlib.sha256()
    for path in sorted(TEMPLATES.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def style() -> bytes:
    return (TEMPLATES / "style.css").read_bytes()


def _page(name: str, language: str, imprint: Imprint, **facts: Any) -> bytes:
    told = {"labels": labels(language), "language": language, "imprint": imprint, **facts}
    return PAGES.get_template(name).render(told).encode()
