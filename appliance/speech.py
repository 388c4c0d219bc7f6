"""The box's speaker, made from its settings."""

from ivr_flows.speaking import split_sentences
from tts_asr.engines import make_engines
from tts_asr.speaker import ANY_LANGUAGE, Speaker

from .home import Home
from .settings import Settings


def speaker(settings: Settings, home: Home) -> Speaker:
    """Engines in the order of the settings, for every language."""
    engines = make_engines(home.root / "models", settings.speech)
    made = Speaker(home.prompts, {ANY_LANGUAGE: engines}, split=split_sentences)
    made.refresh()
    return made
