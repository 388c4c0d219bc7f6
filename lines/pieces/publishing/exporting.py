"""Writes what readers see into a folder that is ours alone: whatever else lies there is removed.

Each file is there as a whole or not at all; sound comes before the pages that name it, and what
was withdrawn goes last. Broken off at any point, the next export completes it.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import structlog

from lines.pieces.errors import NotPublished, SoundFailed
from lines.pieces.publishing import gathering
from lines.pieces.publishing.feed import feed
from lines.pieces.publishing.imprint import Imprint
from lines.pieces.publishing.pages import edition, index_page, line_page, story_page, style
from lines.pieces.publishing.shelf import alone, put, tidy
from lines.pieces.publishing.story import Line, Story
from lines.pieces.sounds import PieceSounds
from store.folders import make_folder, write_whole

log = structlog.get_logger()

FOLDER = "experts"
"""Below the public folder."""
LOCK = ".exporting"
STAMP = ".exported"
"""Tells of what the last complete export was made."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was done."""

    stories: int
    """That readers find now."""
    written: int = 0
    """Files that are new or have changed."""
    removed: int = 0
    failed: int = 0
    """Stories whose sound could not be made; they are tried again."""


def is_due(public: Path, imprint: Imprint) -> bool:
    """Whether readers do not see yet what was decided. Raises `StoreAway`."""
    try:
        return (public / STAMP).read_bytes() != _stamp(imprint)
    except FileNotFoundError:
        return True


def _stamp(imprint: Imprint) -> bytes:
    return f"{imprint} {edition()} {gathering.fingerprint()}".encode()


def export(
    public: Path, recordings: Path, imprint: Imprint, sounds: PieceSounds
) -> Exported | None:
    """Bring the folder up to date; None when somebody else is at it just now.

    Raises `NotPublished`, `StoreAway`.
    """
    try:
        make_folder(public / FOLDER)
        with alone(public / LOCK) as is_alone:
            return _exported(public, recordings, imprint, sounds) if is_alone else None
    except OSError as error:
        raise NotPublished(public, str(error)) from error


def _exported(public: Path, recordings: Path, imprint: Imprint, sounds: PieceSounds) -> Exported:
    gathering.mark_published()
    stamp = _stamp(imprint)
    root, found = public / FOLDER, gathering.gather(imprint.zone)
    ready = [_sounding(line, root, recordings, sounds) for line in found]
    planned = _planned(imprint, ready, root)
    sound = {root / line.slug / each.audio for line in ready for each in _stories(line)}
    written = sum(put(root / name, content) for name, content in planned.items())
    removed = tidy(root, sound | {root / name for name in planned})
    count, wanted = (sum(len(_stories(line)) for line in lines) for lines in (ready, found))
    if count == wanted:
        write_whole(public / STAMP, stamp)
    return Exported(count, written, removed, wanted - count)


def _sounding(line: Line, root: Path, recordings: Path, sounds: PieceSounds) -> Line:
    """The line with those of its stories whose sound is there."""
    make_folder(root / line.slug)
    kept = [
        replace(session, stories=tuple(told))
        for session in line.sessions
        if (
            told := [
                each for each in session.stories if _sounds(each, line, root, recordings, sounds)
            ]
        )
    ]
    return replace(line, sessions=tuple(kept))


def _sounds(story: Story, line: Line, root: Path, recordings: Path, sounds: PieceSounds) -> bool:
    into = root / line.slug / story.audio
    try:
        if not into.exists():
            sounds.publish(recordings / story.recording, into, story.start, story.end)
    except SoundFailed as error:
        log.error("a piece cannot be published", piece=story.id, reason=str(error))
        return False
    return True


def _planned(imprint: Imprint, lines: list[Line], root: Path) -> dict[str, bytes]:
    """The files by their names: what is named comes before what names it."""
    planned = {"style.css": style()}
    for line in lines:
        for session in line.sessions:
            for story in session.stories:
                planned[f"{line.slug}/{story.page}"] = story_page(imprint, line, session, story)
    for line in lines:
        sizes = {each.id: (root / line.slug / each.audio).stat().st_size for each in _stories(line)}
        planned[f"{line.slug}/index.html"] = line_page(imprint, line)
        planned[f"{line.slug}/feed.xml"] = feed(imprint, line, sizes)
    return planned | {"index.html": index_page(imprint, lines)}


def _stories(line: Line) -> list[Story]:
    return [story for session in line.sessions for story in session.stories]
