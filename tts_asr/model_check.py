"""Whether a folder is a whole Vosk model, found out without Vosk: it may end the process on others.

Kaldi's and OpenFst's readers call exit() or abort() on some broken files.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from tts_asr.errors import ModelUnfit

NEEDED = ("am/final.mdl", "conf/mfcc.conf", "conf/model.conf", "graph/phones/word_boundary.int")
WHOLE_GRAPH = ("graph/HCLG.fst",)
PARTED_GRAPH = ("graph/HCLr.fst", "graph/Gr.fst", "graph/disambig_tid.int")
IVECTOR = tuple(
    f"ivector/{name}"
    for name in (
        "final.ie",
        "final.dubm",
        "final.mat",
        "global_cmvn.stats",
        "online_cmvn.conf",
        "splice.conf",
    )
)
MAY_BE_EMPTY = frozenset({"graph/disambig_tid.int"})
STARTS = {
    ".mdl": b"\0B<TransitionModel>",
    # kFstMagicNumber of OpenFst's fst.h, little-endian.
    ".fst": (2125659606).to_bytes(4, "little"),
}
KALDIS_RATE = 16_000
"""What Kaldi takes when the configuration tells none (feat/feature-window.h)."""
RATES = range(8_000, 48_001)
_RATE = re.compile(r"^\s*--sample-frequency=(\d{1,9})(?:\.0*)?\s*(?:#.*)?$", re.MULTILINE)
COPY_AGAIN = "copy the folder again, or install it with `pressline models add`"


def check_files(folder: Path) -> int:
    """The model's samples a second. Raises `ModelUnfit`."""
    try:
        _check_all(folder, _expected(folder))
        return _rate(folder)
    except OSError as error:
        raise unreadable(folder, error) from error


def unreadable(folder: Path, error: OSError) -> ModelUnfit:
    """What to raise from `error`."""
    reason = f"cannot be read: {error.strerror} ({error.filename}); mend its permissions"
    return ModelUnfit(folder.name, reason)


def _expected(folder: Path) -> Iterable[str]:
    if not folder.is_dir():
        raise ModelUnfit(folder.name, f"is no folder; {COPY_AGAIN}")
    yield from NEEDED
    yield from WHOLE_GRAPH if (folder / WHOLE_GRAPH[0]).exists() else PARTED_GRAPH
    if (folder / "ivector").exists():
        yield from IVECTOR
    if (folder / "rescore" / "G.carpa").exists():
        yield "rescore/G.fst"


def _check_all(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        file = folder / name
        if not file.is_file():
            hint = f"it is half-copied, or no Vosk model for speech; {COPY_AGAIN}"
            raise ModelUnfit(folder.name, f"has no {name}: {hint}")
        _check_start(folder, file, name)


def _check_start(folder: Path, file: Path, name: str) -> None:
    start = STARTS.get(file.suffix, b"")
    with file.open("rb") as opened:
        found = opened.read(max(1, len(start)))
    if not found and name not in MAY_BE_EMPTY:
        raise ModelUnfit(folder.name, f"{name} is empty: half-copied; {COPY_AGAIN}")
    if found[: len(start)] != start:
        raise ModelUnfit(folder.name, f"{name} is of another kind or damaged; {COPY_AGAIN}")


def _rate(folder: Path) -> int:
    text = (folder / "conf" / "mfcc.conf").read_text(encoding="utf-8", errors="replace")
    told = _RATE.findall(text)
    rate = int(told[-1]) if told else KALDIS_RATE
    if rate not in RATES:
        raise ModelUnfit(folder.name, f"conf/mfcc.conf asks for {rate} Hz, expected 8000 or 16000")
    return rate
