"""RSS 2.0 of a line (rssboard.org/rss-specification), for podcast players and readers."""

from collections.abc import Mapping
from email.utils import format_datetime
from html import escape
from xml.etree import ElementTree as xml

from lines.pieces.publishing.imprint import Imprint
from lines.pieces.publishing.labels import labels
from lines.pieces.publishing.pages import length
from lines.pieces.publishing.story import Line, Session, Story

ATOM = "http://www.w3.org/2005/Atom"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
xml.register_namespace("atom", ATOM)
xml.register_namespace("itunes", ITUNES)
MOST_ITEMS = 200
"""Readers keep what they have seen; older ones stay on the pages."""
KIND = "audio/mpeg"


def feed(imprint: Imprint, line: Line, sizes: Mapping[str, int]) -> bytes:
    """`sizes` are the bytes of the stories' sound, by the stories' ids."""
    here = f"{imprint.url}/{line.slug}"
    rss = xml.Element("rss", version="2.0")
    channel = xml.SubElement(rss, "channel")
    _put(channel, "title", f"{imprint.paper}: {line.title}")
    _put(channel, "link", f"{here}/index.html")
    _put(channel, "description", labels(line.language).all_of.format(line.title))
    _put(channel, "language", labels(line.language).tag)
    _put(channel, "docs", "https://www.rssboard.org/rss-specification")
    xml.SubElement(
        channel, f"{{{ATOM}}}link", href=f"{here}/feed.xml", rel="self", type="application/rss+xml"
    )
    for session, story in _newest(line):
        _item(channel, here, session, story, sizes[story.id])
    xml.indent(rss)
    found: bytes = xml.tostring(rss, encoding="utf-8", xml_declaration=True)
    return found


def _newest(line: Line) -> list[tuple[Session, Story]]:
    told = [(session, story) for session in line.sessions for story in session.stories]
    told.sort(key=lambda pair: (pair[1].published_at, pair[1].id), reverse=True)
    return told[:MOST_ITEMS]


def _item(channel: xml.Element, here: str, session: Session, story: Story, size: int) -> None:
    item = xml.SubElement(channel, "item")
    _put(item, "title", story.title)
    _put(item, "link", f"{here}/{story.page}")
    # HTML within XML: what readers are shown is escaped twice.
    said = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)
    _put(item, "description", said or escape(session.topic))
    xml.SubElement(item, "enclosure", url=f"{here}/{story.audio}", length=str(size), type=KIND)
    _put(item, "guid", story.urn).set("isPermaLink", "false")
    _put(item, "pubDate", format_datetime(story.published_at))
    _put(item, f"{{{ITUNES}}}duration", length(story.seconds))
    if session.expert:
        _put(item, f"{{{ITUNES}}}author", session.expert)


def _put(parent: xml.Element, name: str, text: str) -> xml.Element:
    made = xml.SubElement(parent, name)
    made.text = text
    return made
