"""Which engine hears a language: an installed model, else the small fallback, else none."""

from pathlib import Path

from tts_asr.engines.pocketsphinx import PocketSphinx
from tts_asr.engines.vosk import Vosk
from tts_asr.errors import ModelUnfit
from tts_asr.models import Model, about, examined, language_of, model_folders
from tts_asr.transcriber import Transcriber


def transcriber_for(models_folder: Path, language: str) -> Transcriber | None:
    """The best transcriber for `language`; `None` when none can hear it: `why_none` tells why."""
    for folder in _related(models_folder, language):
        model = examined(folder)
        if model.is_good:
            return Vosk(model.folder, model.language, model.rate)
    if _base(PocketSphinx.language) == _base(language):
        return PocketSphinx(why_none(models_folder, language))
    return None


def why_none(models_folder: Path, language: str) -> str:
    """In plain words for a transcript's note, why no model hears `language`."""
    unfit = [examined(folder) for folder in _related(models_folder, language)]
    return "; ".join(map(_why, unfit)) or f"no model for {language} is installed"


def _why(model: Model) -> str:
    return f"the model {model.folder.name} cannot be used ({model.problem})"


def _related(models_folder: Path, language: str) -> list[Path]:
    """Folders called by the language; `en` hears `en-GB`, and `en-us` hears it at least better
    than nothing, but the very same comes first."""
    told = [(folder, _told_language(folder)) for folder in model_folders(models_folder)]
    wanted = _tag(language)
    fitting = [(tag != wanted, folder) for folder, tag in told if _base(tag) == _base(wanted)]
    return [folder for _, folder in sorted(fitting)]


def _told_language(folder: Path) -> str:
    try:
        return _tag(language_of(folder, about(folder)))
    except ModelUnfit:
        return _tag(folder.name.partition("-")[0])


def _tag(language: str) -> str:
    return language.lower().replace("_", "-")


def _base(language: str) -> str:
    return _tag(language).partition("-")[0]
