"""Finds out by the letters of its words that a model is of another language than it is called.

Languages with the same letters cannot be told apart so: an English and a French model both know
"menu" and "change".
"""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from tts_asr.errors import ModelUnfit
from tts_asr.model_check import unreadable

SCRIPTS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "Latin": re.compile("[A-Za-zÀ-ɏḀ-ỿ]"),
        "Chinese": re.compile("[㐀-䶿一-鿿]"),
        "Japanese": re.compile("[぀-ヿ㐀-䶿一-鿿]"),
        "Korean": re.compile("[가-힣]"),
        "Cyrillic": re.compile("[Ѐ-ӿ]"),
        "Arabic": re.compile("[\u0600-\u06ff]"),
        "Devanagari": re.compile("[\u0900-\u097f]"),
        "Greek": re.compile("[Ͱ-Ͽ]"),
        "Hebrew": re.compile("[\u0590-\u05ff]"),
    }
)
NOT_LATIN: Mapping[str, str] = MappingProxyType(
    {"zh": "Chinese", "yue": "Chinese", "cmn": "Chinese", "ja": "Japanese", "ko": "Korean"}
    | dict.fromkeys(("ru", "uk", "be", "bg", "kk", "ky", "tg", "mk", "sr"), "Cyrillic")
    | dict.fromkeys(("ar", "fa", "ur"), "Arabic")
    | {"hi": "Devanagari", "mr": "Devanagari", "ne": "Devanagari", "el": "Greek", "he": "Hebrew"}
)
READ_BYTES = 200_000
FEWEST_LETTERS = 50
OWN_SHARE = 0.3
"""Of the letters: Chinese models know many English words too."""


def check_language(folder: Path, language: str) -> None:
    """Raises `ModelUnfit` when the words of the model are not written as those of `language`."""
    words = _words(folder)
    counts = {name: len(script.findall(words)) for name, script in SCRIPTS.items()}
    wanted = NOT_LATIN.get(language.lower().partition("-")[0], "Latin")
    most = max(counts, key=lambda name: counts[name])
    if counts[most] < FEWEST_LETTERS or counts[wanted] >= OWN_SHARE * counts[most]:
        return
    raise ModelUnfit(
        folder.name,
        f'it is called a model for "{language}", but its words are in {most} letters, expected '
        f"{wanted}: install it again with its own language",
    )


def _words(folder: Path) -> str:
    """The words that the model tells beside its graph; none where they are within it."""
    try:
        with (folder / "graph" / "words.txt").open("rb") as file:
            return file.read(READ_BYTES).decode(errors="ignore")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise unreadable(folder, error) from error
