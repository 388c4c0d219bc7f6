"""Puts a model from a folder or a ZIP file in its place: all of it, checked, or nothing."""

import lzma
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from tts_asr.errors import ModelUnfit
from tts_asr.model_trial import note_of
from tts_asr.models import ABOUT, LANGUAGE, TOLD, Model, about, check_model, examined
from tts_asr.wav import UNFINISHED

MOST_BYTES = 8_000_000_000
"""The largest model that is offered for Vosk unpacks to some 4 GB."""
MOST_FILES = 1_000
"""Real models have 10 to 40."""
SPARE_BYTES = 200_000_000
"""Left free on the disk for the messages of callers."""
BLOCK = 1 << 20
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    ValueError,
    RuntimeError,
)
"""What zipfile raises for damage, and the last for passwords and unknown packing."""
SIGN = "am"
"""The folder that makes its parent a model."""


def install(path: Path, language: str, models_folder: Path, source: str = "") -> Model:
    """Installs the model in the folder or ZIP file `path`. Raises `ModelUnfit`.

    What is in `path` may be hostile: no name leads out of the folder, nothing fills the disk.
    """
    if not LANGUAGE.fullmatch(language):
        raise ModelUnfit(path.name, f"language {language[:20]!r}, expected a code such as en or zh")
    final = models_folder / _name(path, language)
    if final.exists():
        raise ModelUnfit(final.name, f"is installed already: remove {final} first")
    try:
        models_folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(UNFINISHED, ".", models_folder) as work:
            given = Path(work, final.name)
            _gather(path, given)
            whole = _root(given, path.name)
            _tell(whole, language, source or str(path.resolve()))
            check_model(whole, language)
            os.rename(whole, final)
            os.replace(note_of(whole), note_of(final))
    except OSError as error:
        raise ModelUnfit(path.name, f"cannot be installed: {error}") from error
    return examined(final)


def _name(path: Path, language: str) -> str:
    stem = path.stem if path.suffix.lower() == ".zip" else path.resolve().name
    plain = "".join(letter if letter.isalnum() or letter in "-._" else "-" for letter in stem)
    return plain if plain.startswith(f"{language}-") else f"{language}-{plain}"


def _gather(path: Path, work: Path) -> None:
    work.mkdir()
    if path.is_dir():
        _write_all(path.name, work, _folder_files(_root(path, path.name)))
        return
    try:
        with zipfile.ZipFile(path) as archive:
            _write_all(path.name, work, _zip_files(archive, path.name))
    except ZIP_ERRORS as error:
        raise ModelUnfit(path.name, f"is no folder and no good ZIP file ({error})") from error


def _folder_files(path: Path) -> Iterator[tuple[PurePosixPath, int, IO[bytes]]]:
    for file in sorted(path.rglob("*")):
        if file.is_file():
            with file.open("rb") as opened:
                yield PurePosixPath(file.relative_to(path)), file.stat().st_size, opened


def _zip_files(
    archive: zipfile.ZipFile, name: str
) -> Iterator[tuple[PurePosixPath, int, IO[bytes]]]:
    for entry in archive.infolist():
        inside = PurePosixPath(entry.filename.replace("\\", "/"))
        if inside.is_absolute() or ".." in inside.parts or "\0" in entry.filename:
            raise ModelUnfit(name, f"holds the name {entry.filename[:60]!r}, which leads out of it")
        if not entry.is_dir():
            with archive.open(entry) as opened:
                yield inside, entry.file_size, opened


def _write_all(
    name: str, work: Path, files: Iterator[tuple[PurePosixPath, int, IO[bytes]]]
) -> None:
    room = min(MOST_BYTES, shutil.disk_usage(work).free - SPARE_BYTES)
    for number, (inside, size, content) in enumerate(files):
        room -= size
        if room < 0 or number >= MOST_FILES:
            raise ModelUnfit(name, f"is too large: {size} bytes of {inside}, no room is left")
        target = work / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as into:
            _copy(content, into, size)


def _copy(content: IO[bytes], into: IO[bytes], size: int) -> None:
    """No more than `size`, which was counted."""
    while size > 0 and (block := content.read(min(BLOCK, size))):
        into.write(block)
        size -= len(block)
    into.flush()
    os.fsync(into.fileno())


def _root(work: Path, name: str) -> Path:
    """The model's own folder: a ZIP file mostly holds it under its name."""
    for folder in (work, *sorted(work.iterdir())):
        if (folder / SIGN).is_dir():
            return folder
    raise ModelUnfit(name, f"holds no Vosk model for speech: no folder {SIGN}/ is in it")


def _tell(folder: Path, language: str, source: str) -> None:
    told = {**about(folder), "language": language, "source": source}
    lines = (f'{key} = "{_plain(told[key])}"\n' for key in TOLD if told.get(key))
    (folder / ABOUT).write_text("".join(lines), encoding="utf-8")


def _plain(text: str) -> str:
    """Without what TOML would take for more than a letter."""
    return "".join(sign if sign.isprintable() and sign not in '"\\' else " " for sign in text)
