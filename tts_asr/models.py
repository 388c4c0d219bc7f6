"""The speech models in `PRESSLINE_HOME/models`: a folder each, `<language>-<anything>`.

A `model.toml` in the folder may tell `language`, `source` and `licence`.
"""

import contextlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tts_asr.errors import ModelUnfit
from tts_asr.model_check import check_files
from tts_asr.model_language import check_language
from tts_asr.model_trial import try_once

ABOUT = "model.toml"
TOLD = ("language", "source", "licence")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")


@dataclass(frozen=True, slots=True)
class Model:
    """One folder, good or not."""

    folder: Path
    language: str
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
    return [examined(folder) for folder in model_folders(models_folder)]


def model_folders(models_folder: Path) -> list[Path]:
    """The folders that stand for a model, good or not, by name."""
    try:
        folders = sorted(entry for entry in models_folder.iterdir() if entry.is_dir())
    except OSError:
        return []
    return [folder for folder in folders if not folder.name.startswith(".")]


def examined(folder: Path) -> Model:
    """What is known of one folder. Never raises for what is in it."""
    told: dict[str, str] = {}
    rate, problem = 0, ""
    try:
        told = about(folder)
        rate = check_model(folder, language_of(folder, told))
    except ModelUnfit as error:
        problem = error.reason
    return Model(
        folder,
        told.get("language", folder.name.partition("-")[0]),
        rate,
        _size(folder),
        told.get("source", ""),
        told.get("licence", ""),
        problem,
    )


def check_model(folder: Path, language: str) -> int:
    """The samples a second of a whole, loadable model of `language`. Raises `ModelUnfit`."""
    rate = check_files(folder)
    check_language(folder, language)
    try_once(folder, rate)
    return rate


def language_of(folder: Path, told: Mapping[str, str]) -> str:
    """Raises `ModelUnfit` when nothing tells the language."""
    language = told.get("language", folder.name.partition("-")[0])
    if not LANGUAGE.fullmatch(language):
        hint = "name the folder <language>-<name>, such as en-small"
        raise ModelUnfit(folder.name, f"its language is not told: {hint}")
    return language


def about(folder: Path) -> dict[str, str]:
    """What `model.toml` tells. Raises `ModelUnfit`."""
    try:
        with (folder / ABOUT).open("rb") as file:
            told = tomllib.load(file)
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ModelUnfit(folder.name, f"{ABOUT} cannot be read: {error}; mend it") from error
    return {key: value for key, value in told.items() if key in TOLD and isinstance(value, str)}


def _size(folder: Path) -> int:
    with contextlib.suppress(OSError):  # a folder in it that we may not read
        return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return 0
