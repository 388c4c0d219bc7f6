"""What stands in a mail, as text and as HTML that reads well on a phone, by day and by night."""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from voicemail.delivery.telling import Told

PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, trim_blocks=True
)


def as_html(told: Told, remarks: Sequence[str], link: str) -> str:
    return PAGES.get_template("mail.html").render(told=told, remarks=remarks, link=link)


def as_text(told: Told, remarks: Sequence[str], link: str) -> str:
    facts = "\n".join(f"{line.label}: {line.value}" for line in told.lines)
    said = "".join(f"{each.text}[?]" if each.is_doubtful else each.text for each in told.pieces)
    said = said or told.stand_in
    words = f"{told.heading}:\n{said}" if said else ""
    where = f"{told.words.listen}:\n{link}" if link else ""
    return "\n\n".join(filter(None, (facts, words, "\n".join(remarks), where))) + "\n"
