"""The engines that can speak. To remove one is to remove its file and its line in the table."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from tts_asr.engines.espeak import Espeak
from tts_asr.engines.gtts import Gtts
from tts_asr.engines.piper import Piper
from tts_asr.synthesizer import Synthesizer

ENGINES: Mapping[str, Callable[[Path], Synthesizer]] = MappingProxyType(
    {
        "piper": lambda models: Piper(models / "piper"),
        "gtts": lambda models: Gtts(),
        "espeak": lambda models: Espeak(),
    }
)
"""Name to maker; the argument is the folder of models. Best voice first: the usual chain."""


def make_engines(models: Path, names: tuple[str, ...] = tuple(ENGINES)) -> list[Synthesizer]:
    """The engines called `names`, in that order. Raises `ValueError` for an unknown name."""
    unknown = [name for name in names if name not in ENGINES]
    if unknown:
        raise ValueError(f'engine "{unknown[0]}" is unknown, expected one of {", ".join(ENGINES)}')
    return [ENGINES[name](models) for name in names]
