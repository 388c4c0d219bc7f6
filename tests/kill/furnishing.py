"""What a box here has: a mailbox that is told of by mail, two numbers, and a model of speech."""

from pathlib import Path

from tests.end_to_end.box import Box
from tests.tts_asr.heard import MODEL

FLOWS = Path(__file__).parent / "flows"
ROUTES = 'routes:\n  - {number: "700", flow: leave}\n  - {number: "710", flow: talk}\n'


def furnish(box: Box) -> None:
    box.done("mailboxes", "add", "killed", "--title", "the desk", "--mail", "desk@daily.example")
    box.take_in(ROUTES)
    box.done("publish", str(FLOWS))
    box.done("models", "add", str(MODEL), "--language", "en")
