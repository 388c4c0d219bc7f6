"""Fills a box's home for the benches: `python -m bench.furnishing PROMPTS NUMBER=FLOW…`.

A process of its own, as the box reads its home from the environment when it is imported.
"""

import shutil
import sys
from pathlib import Path

from appliance.book import load_book
from appliance.flow_files import FlowText
from appliance.home import Home
from appliance.opening import open_book
from appliance.publishing import publish
from appliance.settings import load
from store import routes

from .mailboxes import make_mailboxes

FLOWS = Path(__file__).parent / "flows"


def furnish(prompts: Path, numbers: dict[str, str]) -> None:
    """Recordings, mailboxes, flows and routes, published as an operator would."""
    settings = load()
    home = Home(settings.home).make()
    for name in ("menu.wav", "ok.wav"):
        shutil.copy(prompts / name, home.own_prompts / name)
    open_book(settings, make=True)
    make_mailboxes()
    texts = [FlowText.read(FLOWS / f"{flow}.yaml") for flow in sorted(set(numbers.values()))]
    publish(texts, settings, load_book(), author="bench")
    routes.replace([{"number": number, "flow": flow} for number, flow in numbers.items()])


if __name__ == "__main__":
    furnish(Path(sys.argv[1]), dict(word.split("=") for word in sys.argv[2:]))
