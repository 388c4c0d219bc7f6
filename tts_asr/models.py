"""The speech models in `PRESSLINE_HOME/models`: a folder each, `<language>-<anything>`.

A `model.toml` in the folder may tell `language`, `source` and `licence`.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from tts_asr.errors import ModelUnfit
from tts_asr.model_check import check_files

ABOUT = "model.toml"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")


@dataclass(frozen=True, slots=True)
class Model:
    """One folder, good or not."""

    folder: Path
    language: str
    """Empty when nothing tells it."""
    rate: int
    """Samples a second; 0 when the model is not good."""
    size: int
    """Bytes on the disk."""
    source: str
    licence: str
    problem: str
    """Why it cannot be used, with a hint; empty when it can."""

    @property
    def is_good(self) -> bool:
        return not self.problem


def installed(models_folder: Path) -> list[Model]:
    """Every model's folder, by name. An unreadable or missing `models_folder` holds none."""
    try:
        folders = sorted(entry for entry in models_folder.iterdir() if entry.is_dir())
    except OSError:
        return []
    return [examined(folder) for folder in folders if not folder.name.startswith(".")]


def examined(folder: Path) -> Model:
    """What is known of one folder. Never raises for what is in it."""
    about: dict[str, str] = {}
    try:
        about = _about(folder)
        rate, problem = check_files(folder), ""
    except ModelUnfit as error:
        rate, problem = 0, error.reason
    language = about.get("language", folder.name.partition("-")[0])
    if not _LANGUAGE.fullmatch(language):
        language = ""
        problem = problem or "its language is not told: name the folder <language>-<name>"
    return Model(
        folder,
        language,
        rate,
        _size(folder),
        about.get("source", ""),
        about.get("licence", ""),
        problem,
    )


def _about(folder: Path) -> dict[str, str]:
    try:
        with (folder / ABOUT).open("rb") as file:
            told = tomllib.load(file)
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ModelUnfit(folder.name, f"{ABOUT} cannot be read: {error}; mend it") from error
    return {key: value for key, value in told.items() if isinstance(value, str)}


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
