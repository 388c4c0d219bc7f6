"""Fills a home with an example paper: settings, a database, queries, mailboxes, flows."""

import shutil
import sqlite3
from pathlib import Path

from store import database

from .book import load_book
from .flow_files import FlowText
from .home import Home
from .opening import open_book
from .paper_file import take_in
from .publishing import Published, publish
from .settings import Settings, load


def has_flows(settings: Settings) -> bool:
    return bool(open_book(settings).flows)


def install(folder: Path, home: Home) -> list[Published]:
    """Everything in `folder`, into `home`. What is there already is kept or becomes a new version.

    Raises `PublishRefused` and what `appliance.paper_file.take_in` raises.
    """
    home.make()
    _copy_settings(folder, home)
    settings = load()
    _make_database(folder, home)
    open_book(settings, make=True)
    paper = folder / "paper.yaml"
    take_in(paper.read_text(encoding="utf-8"), str(paper), base=home.root)
    texts = [FlowText.read(path) for path in sorted((folder / "flows").glob("*.yaml"))]
    done = publish(texts, settings, load_book(), author="pressline demo")
    from .jobs import render_prompts  # opens the queue in the home, which is there only now

    for published in done:
        render_prompts(published.version_id)
    database.disconnect()
    return done


def _copy_settings(folder: Path, home: Home) -> None:
    target = home.root / "pressline.toml"
    if not target.exists():
        shutil.copyfile(folder / "pressline.toml", target)


def _make_database(folder: Path, home: Home) -> None:
    """The paper's own database, from the readable SQL; made whole or not at all."""
    target = home.root / "daily.db"
    fresh = target.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    connection = sqlite3.connect(fresh)
    try:
        connection.executescript((folder / "daily.sql").read_text(encoding="utf-8"))
        connection.commit()
    finally:
        connection.close()
    fresh.replace(target)
