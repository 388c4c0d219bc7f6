"""Whether a page's elements close in order, as a strict parser sees it."""

from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "br", "img", "hr", "input"})


class _Nesting(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attributes: object) -> None:
        self.seen.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"


def elements(page: bytes) -> list[str]:
    """The names of the page's elements in order. Fails when they do not nest."""
    parser = _Nesting()
    parser.feed(page.decode())
    parser.close()
    assert parser.open == []
    return parser.seen
