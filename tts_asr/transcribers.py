"""Which engine hears a language: an installed model, else the small fallback, else none."""

from pathlib import Path

from tts_asr.engines.pocketsphinx import PocketSphinx
from tts_asr.engines.vosk import Vosk
from tts_asr.models import installed
from tts_asr.transcriber import Transcriber


def transcriber_for(models_folder: Path, language: str) -> Transcriber | None:
    """The best transcriber for `language`; `None` when none can hear it."""
    wanted = language.lower().replace("_", "-")
    good = [model for model in installed(models_folder) if model.is_good]
    for fits in (_is_same, _is_related):
        for model in good:
            if fits(model.language.lower(), wanted):
                return Vosk(model.folder, model.language, model.rate)
    if _is_related(PocketSphinx.language, wanted):
        return PocketSphinx()
    return None


def no_model(language: str) -> str:
    """The note of a message that nothing can transcribe."""
    return f"no model for {language} is installed"


def _is_same(has: str, wanted: str) -> bool:
    return has == wanted


def _is_related(has: str, wanted: str) -> bool:
    """`en` hears `en-GB`, and `en-us` hears it better than nothing."""
    return has.partition("-")[0] == wanted.partition("-")[0]
