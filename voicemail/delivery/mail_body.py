"""What stands in a mail, as text and as HTML that reads well on a phone, by day and by night."""

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from voicemail.delivery import telling
from voicemail.delivery.notice import Notice
from voicemail.delivery.settings import DeliverySettings
from voicemail.delivery.wording import words_of

PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, trim_blocks=True
)


@dataclass(frozen=True, slots=True)
class Body:
    language: str
    subject: str
    lines: list[telling.Line]
    heading: str
    pieces: list[telling.Piece]
    stand_in: str
    remarks: list[str]
    doubtful: str
    listen: str
    link: str


def body(notice: Notice, settings: DeliverySettings, link: str, is_attached: bool) -> Body:
    words = words_of(notice.language)
    audio = words.attached if is_attached else "" if notice.audio else words.gone
    until = words.until.format(days=settings.links.days) if link else ""
    return Body(
        language=notice.language,
        subject=telling.subject(notice),
        lines=telling.lines(notice, settings.zone),
        heading=telling.heading(notice.wording, words),
        pieces=telling.pieces(notice),
        stand_in=telling.stand_in(notice.wording, words),
        remarks=[*telling.remarks(notice), *filter(None, (audio, until))],
        doubtful=words.doubtful,
        listen=words.listen,
        link=link,
    )


def as_html(body: Body) -> str:
    facts = {name: getattr(body, name) for name in Body.__slots__}
    return PAGES.get_template("mail.html").render(facts)


def as_text(body: Body) -> str:
    facts = "\n".join(f"{line.label}: {line.value}" for line in body.lines)
    said = "".join(f"{each.text}[?]" if each.is_doubtful else each.text for each in body.pieces)
    words = f"{body.heading}:\n{said or body.stand_in}" if said or body.stand_in else ""
    link = f"{body.listen}:\n{body.link}" if body.link else ""
    return "\n\n".join(filter(None, (facts, words, "\n".join(body.remarks), link))) + "\n"
